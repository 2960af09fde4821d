import { setTimeout as sleep } from 'node:timers/promises';
import { FastMCP } from 'fastmcp';
import { z } from 'zod';

const server = new FastMCP({ name: 'Travel', version: '1.0.0' });

server.addTool({
  name: 'quick',
  description: 'Answers at once',
  parameters: z.object({}),
  execute: async () => 'quick done',
});

server.addTool({
  name: 'slow',
  description: 'Takes a while',
  parameters: z.object({ ms: z.number() }),
  execute: async ({ ms }) => {
    console.error('slow: started');
    await sleep(ms);
    console.error('slow: finished');
    return 'slow done';
  },
});

server.addTool({
  name: 'patient',
  description: 'Takes a while, and can be cancelled',
  parameters: z.object({ ms: z.number() }),
  execute: async ({ ms }, { signal }) => {
    console.error('patient: started');
    try {
      await sleep(ms, undefined, { signal });
    } catch {
      console.error('patient: cancelled');
      throw new Error('cancelled');
    }
    return 'patient done';
  },
});

server.addTool({
  name: 'big',
  description: 'Answers a lot',
  parameters: z.object({ bytes: z.number() }),
  execute: async ({ bytes }) => 'x'.repeat(bytes),
});

await server.start({
  transportType: process.argv[2] === 'http' ? 'httpStream' : 'stdio',
  httpStream: { port: Number(process.env.PORT ?? 8080) },
});
