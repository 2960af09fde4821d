import { parseArgs } from 'node:util';
import { createServer } from './server.js';

const { values } = parseArgs({ options: { transport: { type: 'string', default: 'stdio' } } });

async function main() {
  switch (values.transport) {
    case 'stdio': {
      const { StdioServerTransport } = await import('@modelcontextprotocol/sdk/server/stdio.js');
      await createServer().connect(new StdioServerTransport());
      break;
    }
    case 'http': {
      const { startHttp } = await import('./http.js');
      await startHttp(createServer);
      break;
    }
    default:
      throw new Error(`unknown transport ${values.transport}`);
  }
}

void main();
