import { Queue, Worker } from 'bullmq';
import IORedis from 'ioredis';

export const connection = new IORedis(process.env.REDIS_URL as string, { maxRetriesPerRequest: null });

export const reports = new Queue('reports', { connection });

export const worker = new Worker('reports', async (job) => `report for ${job.data.month}`, { connection });
