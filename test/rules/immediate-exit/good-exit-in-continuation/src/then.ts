import { server, start } from './server.js';

await start();
process.on('SIGTERM', () => void server.close().then(() => process.exit(0)).catch(() => process.exit(1)));
