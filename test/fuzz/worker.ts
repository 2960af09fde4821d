import { type Examined, examine, type Step } from './examine.ts';
import type { FuzzInput } from './inputs.ts';

/** No step may take longer, in ms. */
const maxStepMs = 2_000;

/** Examines the inputs that the parent process asks for, until it goes. */
export function serve(inputAt: (index: number) => FuzzInput): void {
  process.on('message', async (index: number) => {
    const first = await measured(inputAt(index));
    // A cold or busy machine is slow once.
    const { examined, slow } = first.slow.length > 0 ? await measured(inputAt(index)) : first;
    process.send?.({ ...examined, problems: [...examined.problems, ...slow] });
  });
  process.on('disconnect', () => process.exit());
}

async function measured(input: FuzzInput): Promise<{ examined: Examined; slow: readonly string[] }> {
  const slow: string[] = [];
  const { problems, findings, fixes } = await examine(input, measuring(slow));
  return { examined: { problems, findings, fixes }, slow };
}

/** Notes steps that take too long, both by the clock and in computing time: a busy machine is nobody's fault. */
function measuring(slow: string[]): Step {
  return async (name, run) => {
    const [clock, used] = [performance.now(), process.cpuUsage()];
    try {
      return await run();
    } finally {
      const { user, system } = process.cpuUsage(used);
      const taken = Math.min(performance.now() - clock, (user + system) / 1000);
      if (taken > maxStepMs) slow.push(`${name} took ${Math.round(taken)} ms`);
    }
  };
}
