import { startServer } from './server/start.js';

startServer({ port: 3000 }).catch((error) => {
  console.error(error);
  process.exit(1);
});
