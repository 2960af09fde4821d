import { FastMCP } from 'fastmcp';

const server = new FastMCP({ name: 'handled', version: '1.0.0' });
await server.start({ transportType: 'httpStream', httpStream: { port: 8080 } });
process.on('SIGTERM', async () => {
  await server.stop();
  process.exit(0);
});
