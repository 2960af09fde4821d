import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CallToolRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { Cleaner } from './Cleaner';
import Database from './Database';
import Logger from './Logger';

const server = new Server({ name: 'archive', version: '1.0.0' }, { capabilities: { tools: {} } });

server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
  Logger.shared.info(`tool ${params.name}`);
  return { content: [{ type: 'text', text: 'ok' }] };
});

async function main() {
  await Database.getInstance().connect(process.env.MONGO_URL ?? 'mongodb://localhost/archive');
  Cleaner.instance.start();
  await server.connect(new StdioServerTransport());
}

async function shutdown() {
  Logger.shared.info('shutting down');
  Cleaner.instance.stop();
  await server.close();
  await Database.getInstance().disconnect();
  process.exit(0);
}

process.on('SIGINT', () => void shutdown());
process.on('SIGTERM', () => void shutdown());
process.stdin.on('close', () => void shutdown());

main().catch((error) => {
  Logger.shared.error(error);
  process.exit(1);
});
