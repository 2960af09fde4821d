import Redis from 'ioredis';

export const cache = new Redis();

// Runs in the exit itself, where nothing can be awaited any more.
process.on('exit', () => cache.disconnect());
