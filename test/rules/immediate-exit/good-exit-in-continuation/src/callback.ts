import { createServer } from 'node:http';
import { start } from './server.js';

const health = createServer((_, res) => res.end('ok')).listen(9000);
await start();
process.on('SIGTERM', () => {
  setTimeout(() => process.exit(1), 5_000).unref();
  health.close(() => process.exit(0));
});
