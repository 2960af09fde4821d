import { createMCPServer } from 'mcp-use/server';

const server = createMCPServer('notes', { version: '1.0.0' });
server.listen(3000);

process.on('SIGTERM', async () => {
  await server.close();
  process.exit(0);
});
