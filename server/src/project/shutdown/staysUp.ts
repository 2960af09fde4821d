import type { Expr } from '../../languages/source/facts.ts';
import { closingCallbacks } from '../resources/closingCallbacks.ts';
import { mayRelease, Reach } from '../resources/reach.ts';
import { type HeldResource, isMissedAtExit } from '../resources/resource.ts';
import type { McpServer } from '../server.ts';
import { trace } from './trace.ts';
import type { PathView } from './view.ts';

/**
 * What keeps the process up though its HTTP listener is closed: every start opens it, and it does not end by itself
 * (pools of connections empty themselves, children may be done). `undefined` where there is no such thing, and where
 * other code may release it or exit: what runs when something is closed, or sees that the server is to stop.
 */
export function staysUp(view: PathView, server: McpServer): HeldResource | undefined {
  const { startup, values } = server.shutdown;
  const kept = server.resources.filter(
    (resource) =>
      ['timer', 'cache', 'queue'].includes(resource.row.kind) &&
      resource.keepsAlive &&
      resource.lifetime === 'process' &&
      startup.alwaysIncludes(resource) &&
      view.releases(resource) === 'no',
  );
  if (kept.length === 0 || mayExitElsewhere(server)) return undefined;
  const traces = closingCallbacks(server.execution, values).map((ref) => trace(ref, values));
  if (traces.some(({ isComplete, steps }) => !isComplete || steps.some(({ kind }) => kind === 'exit')))
    return undefined;
  const steps = new Reach(server.execution, values).from(traces);
  const open = kept.filter((resource) => !steps.some((step) => mayRelease(step, resource, values)));
  return open.find(isMissedAtExit) ?? open[0];
}

/** Whether any code exits without an error: the last request may do so, or a timer that looks at a flag. */
function mayExitElsewhere({ execution: { live }, shutdown: { values } }: McpServer): boolean {
  return values.program
    .callsNamed('exit')
    .some(({ path, fn, call: { args } }) => live.get(path)?.has(fn) && !isErrorCode(args[0]));
}

function isErrorCode(code: Expr | undefined): boolean {
  return code?.kind === 'literal' && code.value !== 0;
}
