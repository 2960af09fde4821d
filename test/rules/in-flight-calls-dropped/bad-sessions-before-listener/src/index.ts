import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { serveHttp } from './http.js';
import { createServer } from './tools.js';

const server = createServer();
let stop: () => Promise<void>;

if (process.argv.includes('--http')) {
  stop = serveHttp(3000);
} else {
  const transport = new StdioServerTransport();
  await server.connect(transport);
  stop = async () => {
    await transport.close();
  };
}

async function shutDown() {
  await stop();
  await server.close();
  process.exit(0);
}

process.on('SIGINT', shutDown);
process.on('SIGTERM', shutDown);
