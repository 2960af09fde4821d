import { FastMCP } from 'fastmcp';

const server = new FastMCP({ name: 'notes', version: '1.0.0' });

server.addTool({ name: 'list_notes', description: 'Lists the notes', execute: async () => 'none' });

process.on('SIGTERM', async () => {
  await server.stop();
  process.exit(0);
});

await server.start({ transportType: 'stdio' });
