import { once } from 'node:events';
import { start, stop } from './server.js';

await start();
await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
await stop();
process.exit(0);
