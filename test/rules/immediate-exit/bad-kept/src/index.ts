import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { logger } from './logger.js';

const reminders = new Map<string, string>();
const clock = setInterval(() => logger.info({ reminders: reminders.size }), 60_000);
let stopping = false;

const server = new McpServer({ name: 'reminders', version: '1.0.0' });

server.registerTool('remind', { description: 'Reminds of something' }, () => {
  reminders.set(new Date().toISOString(), stopping ? 'late' : 'in time');
  return { content: [{ type: 'text', text: 'will do' }] };
});

await server.connect(new StdioServerTransport());

// The process manager sends SIGTERM.
['SIGINT', 'SIGTERM'].forEach((name) => {
  process.on(name, () => {
    stopping = true;
    console.log(`reminders: ${name}`);
    // Nobody is reminded any more.
    clearInterval(clock);
    logger.info('reminders: the clock has stopped');
    reminders.clear();
    logger.info('reminders: gone');
    setTimeout(() => process.exit(1), 3_000).unref();
    process.exit(0);
  });
});
