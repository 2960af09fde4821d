import { FastMCP } from 'fastmcp';

const mcp = new FastMCP({ name: 'weather', version: '1.0.0' });

mcp.addTool({
  name: 'forecast',
  description: 'The weather of tomorrow',
  execute: async (_args, { signal }) => (await fetch('https://weather.example.com', { signal })).text(),
});

await mcp.start({ transportType: 'httpStream', httpStream: { port: 8080, stateless: true } });

// No session is closed by it: it waits for the requests that are open.
process.once('SIGTERM', async () => {
  setTimeout(() => process.exit(1), 9_000).unref();
  await mcp.stop();
  process.exit(0);
});
process.once('SIGINT', () => process.emit('SIGTERM'));
