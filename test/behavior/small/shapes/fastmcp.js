import { FastMCP } from 'fastmcp';
import pg from 'pg';
import { z } from 'zod';

const pool = new pg.Pool();
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

let running = 0;

const mcp = new FastMCP({ name: 'weather', version: '1.0.0' });

mcp.addTool({
  name: 'slow',
  description: 'Takes a while',
  parameters: z.object({ ms: z.number() }),
  async execute({ ms }) {
    running += 1;
    console.error('slow: started');
    await sleep(ms);
    await pool.query('select 1');
    console.error('slow: finished');
    running -= 1;
    return 'slow done';
  },
});

/** At most 5 s. */
export async function drained() {
  const end = Date.now() + 5_000;
  while (running > 0 && Date.now() < end) await sleep(20);
  // What the tools returned is still to be sent.
  await sleep(100);
}

async function main() {
  await mcp.start({
    transportType: 'httpStream',
    httpStream: { port: Number(process.env.PORT ?? 8080) },
  });
  console.error('listening');
}

main();
