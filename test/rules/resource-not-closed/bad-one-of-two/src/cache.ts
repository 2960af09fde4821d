import { createClient } from 'redis';

export const cache = await createClient({ url: process.env.REDIS_URL }).connect();
