import type { Server } from 'node:http';

export function stop(http: Server) {
  http.close(() => process.exit(0));
}
