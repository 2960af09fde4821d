import { server, start } from './server.js';

await start();
process.on('SIGTERM', async () => {
  try {
    await server.close();
  } finally {
    process.exit(0);
  }
});
