import { DbToolsServer } from './server.js';

const server = new DbToolsServer({ exit: (code) => process.exit(code) });
server.run().catch((error) => {
  console.error(error);
  process.exit(1);
});
