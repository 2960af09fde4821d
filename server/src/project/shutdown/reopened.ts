import type { HeldResource } from '../resources/held.ts';
import { functionKey } from '../value.ts';
import { type AssessedPath, assessedOf, besides } from './assess.ts';

/**
 * What a tool call that is still running may open behind the back of a handler that has closed everything, does not wait
 * for the calls and never exits: it keeps the process up. `undefined` where there is no such thing, or an exit.
 */
export function reopenedAfter(one: AssessedPath): HeldResource | undefined {
  const { judgement, server } = one;
  if (judgement.kind !== 'drops calls' || mayEnd(one)) return undefined;
  if (besides(one, assessedOf(server)).some(mayEnd)) return undefined;
  const calls = server.calls.reach(server.tools.map(({ path, fn }) => ({ path, fn })));
  return server.resources.find(
    ({ keepsAlive, lifetime, path, fn }) =>
      keepsAlive && lifetime === 'process' && calls.has(functionKey({ path, fn })),
  );
}

function mayEnd({ path: { view } }: AssessedPath): boolean {
  return (
    view.exits.length > 0 || view.deadlines.length > 0 || view.actions.some((action) => view.mayExit(action))
  );
}
