import { Redis } from 'ioredis';
import pg from 'pg';

export const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
export const cache = new Redis(process.env.REDIS_URL ?? 'redis://localhost:6379');
