import { FastMCP } from 'fastmcp';
import { z } from 'zod';

const server = new FastMCP({ name: 'translator', version: '1.0.0' });

server.addTool({
  name: 'translate',
  parameters: z.object({ text: z.string() }),
  execute: async ({ text }) => text.toUpperCase(),
});

server.start({ transportType: 'httpStream', httpStream: { port: 8080 } });
