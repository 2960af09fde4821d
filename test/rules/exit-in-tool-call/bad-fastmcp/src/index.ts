import { FastMCP } from 'fastmcp';
import closeWithGrace from 'close-with-grace';

const server = new FastMCP({
  name: 'fast',
  version: '1.0.0',
  authenticate: async (request) => {
    if (!process.env.API_URL) process.exit(1);
    return { key: request.headers['x-key'] };
  },
});

server.addTool({
  name: 'wipe',
  description: 'Wipes everything',
  execute: async () => {
    process.exit(1);
  },
});

await server.start({ transportType: 'httpStream', httpStream: { port: 8080 } });
closeWithGrace({ delay: 5000 }, () => server.stop());
