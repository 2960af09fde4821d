import { Bridge } from './bridge.js';

const bridge = new Bridge(process.env.MCP_URL ?? 'https://mcp.example/mcp');

const shutdown = () => {
  bridge.stop();
  process.exit(0);
};
process.on('SIGINT', shutdown);
process.on('SIGTERM', shutdown);

await bridge.start();
