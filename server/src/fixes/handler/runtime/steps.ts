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
  return new Promise((resolve) => {
    listener.close(() => resolve());
    listener.closeIdleConnections();
    setTimeout(() => listener.closeAllConnections(), 300);
  });
}`;
}

/** `runStep(name, run, ms)`: whether it was done. */
export const runStep = `/** A step that throws or hangs does not keep the next from running. */
async function runStep(name‹: string›, run‹: () => unknown›, ms‹: number›)‹: Promise<boolean>› {
  let timer‹: NodeJS.Timeout | undefined›;
  const timeout = new Promise((_, reject) => {
    timer = setTimeout(reject, ms, new Error(\`not done after \${ms} ms\`));
  });
  try {
    await Promise.race([run(), timeout]);
    return true;
  } catch (error) {
    console.error(\`shutdown: \${name}:\`, error);
    return false;
  } finally {
    clearTimeout(timer);
  }
}`;

/** A line that waits until stdout has been written. */
export const flushStdout = `
  // A pipe is written to in the background: exiting at once would cut a large answer off.
  await new Promise((resolve) => setTimeout(() => process.stdout.write('', resolve), 20));`;

/** `drainTimeout()`: from the environment, in ms. */
export function drainTimeout({ drainTimeoutMs }: DrainNeeds): string {
  return `/** How long the calls in flight may take, in ms. */
function drainTimeout()‹: number› {
  const text = process.env.DRAIN_TIMEOUT_MS ?? '${drainTimeoutMs}';
  if (/^\\d+$/.test(text) && Number(text) < 2 ** 31) return Number(text);
  console.error(\`DRAIN_TIMEOUT_MS is no whole number of milliseconds: "\${text}". Using ${drainTimeoutMs}.\`);
  return ${drainTimeoutMs};
}`;
}
