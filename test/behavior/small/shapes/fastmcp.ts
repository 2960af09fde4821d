import { setTimeout as sleep } from 'node:timers/promises';
import { FastMCP } from 'fastmcp';
import { Pool } from 'pg';
import { z } from 'zod';

const pool = new Pool();
const server = new FastMCP({ name: 'travel', version: '1.0.0' });
let running = 0;

server.addTool({
  name: 'slow',
  description: 'Takes a while',
  parameters: z.object({ ms: z.number() }),
  execute: async ({ ms }) => {
    running += 1;
    try {
      console.error('slow: started');
      await sleep(ms);
      await pool.query('select 1');
      console.error('slow: finished');
      return 'slow done';
    } finally {
      running -= 1;
    }
  },
});

/** At most 5 s. */
export async function drained(): Promise<void> {
  const end = Date.now() + 5_000;
  while (running > 0 && Date.now() < end) await sleep(20);
  // What the tools returned is still to be sent.
  await sleep(100);
}

await server.start({
  transportType: 'httpStream',
  httpStream: { port: Number(process.env.PORT ?? 8080) },
});
