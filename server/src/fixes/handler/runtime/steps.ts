import type { Wiring } from '../http/framework.ts';
import type { DrainNeeds } from './needs.ts';
import { owed } from './owed.ts';

/** `settled(ms)`: the wait for what is owed. */
export function settled(needs: DrainNeeds): string {
  return `/** Resolves when nothing is owed to a caller any more, or after \`ms\`. */
async function settled(ms‹: number›)‹: Promise<void>› {
  const end = Date.now() + ms;
  while (${owed(needs)} > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
}`;
}

/** `closeListener(listener)`: the end of HTTP. */
export function closeListener({ hasStreams }: Wiring): string {
  return `/** Sockets that were opened and never used count as active: they are ended last. */
function closeListener(listener‹: HttpServer›)‹: Promise<void>› {${hasStreams ? '\n  for (const stream of streams) stream.end();' : ''}
  setTimeout(() => listener.closeAllConnections(), 300);
  const closed = new Promise‹<void>›((resolve) => listener.close(() => resolve()));
  listener.closeIdleConnections();
  return closed;
}`;
}

/** Why stdout is flushed, as a line of the handler. */
export const flushComment =
  '  // A pipe is written to in the background: exiting at once would cut a large answer off.';

/** A line that waits until stdout has been written. */
export const flushStdout = `${flushComment}
  await new Promise((resolve) => setTimeout(() => process.stdout.write('', resolve), 20));`;

/** Lines that read how long the calls in flight may take, for the expression `timeout`. */
export function readTimeout({ drainTimeoutMs }: DrainNeeds): string {
  return `  const value = process.env.DRAIN_TIMEOUT_MS ?? '${drainTimeoutMs}';
  const isUsable = /^\\d+$/.test(value) && Number(value) < 2 ** 31;
  if (!isUsable) console.error(\`DRAIN_TIMEOUT_MS="\${value}" is no whole number of ms: using ${drainTimeoutMs}.\`);`;
}

/** An expression behind `readTimeout`: that time, in ms. */
export function timeout({ drainTimeoutMs }: DrainNeeds): string {
  return `isUsable ? Number(value) : ${drainTimeoutMs}`;
}
