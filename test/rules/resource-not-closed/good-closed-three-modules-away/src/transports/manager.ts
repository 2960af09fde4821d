import type { Cache } from '../services/cache.js';
import { HttpTransport } from './http.js';

interface Transport {
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function createTransports(cache: Cache): Transport {
  const http = new HttpTransport(cache);
  return {
    start: () => http.listen(3010),
    stop: async () => {
      await http.close();
    },
  };
}
