import type { DrainNeeds } from './needs.ts';
import { owedOnStreams } from './owed.ts';
import { countsOf } from './runtime.ts';
import { drainTimeout, flushStdout, settled } from './steps.ts';

/** The state of a wait for the calls in flight, for a handler that was there before. */
export function stateOfWait(needs: DrainNeeds): string {
  const calls =
    needs.tools &&
    `/** The tool calls in flight. */
const calls = new Set‹<unknown>›();`;
  return [calls ?? [], countsOf(needs), needs.http ? 'let stoppedAt = 0;' : []].flat().join('\n');
}

/** Its functions: `callsFinished()` is what the handler awaits. */
export function functionsOfWait(needs: DrainNeeds): string {
  const { tools, http } = needs;
  return [
    ...(tools ? [tools.function] : []),
    ...(http?.functions ?? []),
    callsFinished(needs),
    settled(needs),
    ...(http?.answersByStream ? [owedOnStreams] : []),
    drainTimeout(needs),
  ].join('\n\n');
}

function callsFinished({ http, isStdio }: DrainNeeds): string {
  const meanwhile = http ? ', while new ones are refused' : '';
  return `/** Waits for the calls in flight, at most for DRAIN_TIMEOUT_MS${meanwhile}. */
async function callsFinished()‹: Promise<void>› {${http ? '\n  stoppedAt = Date.now();' : ''}
  await settled(drainTimeout());${isStdio ? flushStdout : ''}
}`;
}
