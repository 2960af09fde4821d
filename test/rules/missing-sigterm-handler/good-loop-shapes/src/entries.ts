import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { server, stop } from './server.js';

for (const [signal, number] of Object.entries({ SIGINT: 2, SIGTERM: 15 })) {
  process.on(signal, () => {
    process.exitCode = 128 + number;
    void stop();
  });
}
await server.connect(new StdioServerTransport());
