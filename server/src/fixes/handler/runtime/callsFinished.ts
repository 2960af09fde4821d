import type { ImportLine } from '../../source/imports.ts';
import type { DrainNeeds } from './needs.ts';
import { owed, owedOnStreams } from './owed.ts';
import { countsOf } from './runtime.ts';
import { flushStdout, readTimeout, timeout } from './steps.ts';

/** The wait for the calls in flight as a handler calls it that was there before. */
export interface WaitNeeds extends DrainNeeds {
  /** The handler asks the wait whether it is the first to come to it. */
  readonly isGuard: boolean;
}

/** Its state. */
export function stateOfWait(needs: WaitNeeds): string {
  const calls = `/** The tool calls in flight. */
const calls = new Set‹<unknown>›();`;
  return [
    ...(needs.tools ? [calls] : []),
    ...countsOf(needs),
    ...(needs.http || needs.isGuard ? ['let stoppedAt = 0;'] : []),
  ].join('\n');
}

/** Its functions: `callsFinished()` is what the handler awaits. */
export function functionsOfWait(needs: WaitNeeds): string {
  const { tools, http } = needs;
  return [
    ...(tools ? [tools.function] : []),
    ...(http?.functions ?? []),
    callsFinished(needs),
    ...(http?.answersByStream ? [owedOnStreams] : []),
  ].join('\n\n');
}

/** Values and types that they name. */
export function importsOfWait({ tools, http }: WaitNeeds): readonly ImportLine[] {
  return [...(tools?.imports ?? []), ...(http?.imports ?? [])];
}

/** The line in the handler. */
export function lineOfWait({ isGuard }: Pick<WaitNeeds, 'isGuard'>): string {
  return isGuard ? 'if (!(await callsFinished())) return;' : 'await callsFinished();';
}

function callsFinished(needs: WaitNeeds): string {
  const { http, isStdio, isGuard } = needs;
  const refusing = http ? (isGuard ? ', and refuses new ones' : ', while new ones are refused') : '';
  const limit = isGuard ? '' : ', at most for DRAIN_TIMEOUT_MS';
  const second = isGuard ? '; false where an earlier signal does so already' : '';
  return [
    `/** Waits for the calls in flight${limit}${refusing}${second}. */`,
    `async function callsFinished()‹: Promise<${isGuard ? 'boolean' : 'void'}>› {`,
    ...(isGuard ? ['  if (stoppedAt > 0) return false;'] : []),
    ...(http || isGuard ? ['  stoppedAt = Date.now();'] : []),
    readTimeout(needs),
    `  const end = Date.now() + (${timeout(needs)});`,
    `  while (${owed(needs)} > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));`,
    ...(isStdio ? [flushStdout] : []),
    ...(isGuard ? ['  return true;'] : []),
    '}',
  ].join('\n');
}
