import { createTransports } from '../transports/manager.js';
import { createCache } from '../services/cache.js';

export async function createApp() {
  const cache = createCache();
  const transports = createTransports(cache);
  let closing: Promise<void> | undefined;

  const shutdown = (signal: string): Promise<void> => {
    closing ??= (async () => {
      console.error(`stopping after ${signal}`);
      for (const stop of [() => transports.stop(), () => cache.dispose()]) {
        try {
          await stop();
        } catch (error) {
          console.error(error);
        }
      }
      process.exit(0);
    })();
    return closing;
  };

  return {
    async start() {
      await transports.start();
      process.on('SIGTERM', () => void shutdown('SIGTERM'));
      process.on('SIGINT', () => void shutdown('SIGINT'));
    },
  };
}
