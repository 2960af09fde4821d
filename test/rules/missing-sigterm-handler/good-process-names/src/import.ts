import nodeProcess from 'node:process';
import { start, stop } from './server.js';

nodeProcess.on('SIGTERM', () => stop().finally(() => nodeProcess.exit()));
await start();
