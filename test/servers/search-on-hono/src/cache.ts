import { Redis } from 'ioredis';

export const redis = new Redis(process.env.REDIS_URL ?? 'redis://localhost:6379', { lazyConnect: true });

export const remember = async (key: string, load: () => Promise<string>) => {
  const hit = await redis.get(key);
  if (hit) return hit;
  const text = await load();
  await redis.set(key, text, 'EX', 300);
  return text;
};
