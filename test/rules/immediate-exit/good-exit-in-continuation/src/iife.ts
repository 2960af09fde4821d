import { server, start } from './server.js';

await start();
process.on('SIGTERM', () => {
  (async () => {
    await server.close();
    process.exit(0);
  })();
});
