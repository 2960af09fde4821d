import { start, stop } from './server.js';

globalThis.process.on('SIGTERM', () => stop().finally(() => globalThis.process.exit()));
await start();
