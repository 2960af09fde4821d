import { server, start } from './server.js';

await start();
process.on('SIGTERM', () => {
  server.close().finally(() => process.exit(0));
});
