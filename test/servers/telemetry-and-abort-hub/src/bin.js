import { startServer } from './start.js';

const controller = new AbortController();
const abort = () => controller.abort();
process.on('SIGTERM', abort);
process.on('SIGINT', abort);

await startServer({ port: 8787, signal: controller.signal });
