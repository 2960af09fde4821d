import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { createServer } from './tools.js';
import { openWindow, Window } from './window.js';

const window: Window = openWindow();

process.on('SIGTERM', () => {
  window.hide();
  process.exit(0);
});

await createServer().connect(new StdioServerTransport());

// Nothing but a signal ends the program.
await new Promise((resolve) => {
  process.on('SIGINT', () => resolve(undefined));
  process.on('SIGTERM', () => resolve(undefined));
});
