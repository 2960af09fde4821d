import type { McpServer } from '../../project/server.ts';
import { type AssessedPath, assessedOf } from '../../project/shutdown/assess.ts';
import { type Judgement, judge } from '../../project/shutdown/judgement.ts';
import type { Step } from '../../project/shutdown/steps.ts';
import { nameOf } from '../../project/shutdown/view.ts';

/** A handler, and what in it ends the calls too early, if anything does. */
export interface Ending {
  readonly one: AssessedPath;
  readonly step: Step | undefined;
}

/** What closes, or ends the process, while calls are in flight. */
export function endOfCalls({ at }: Extract<Judgement, { kind: 'drops calls' }>): Step {
  return 'effect' in at ? at.step : at;
}

/** Other handlers of SIGTERM and SIGINT in the same start that end the calls by closing the same. */
export function sameEndings(endings: readonly Ending[]): Ending[] {
  const servers = new Set(endings.map(({ one }) => one.server));
  return [...servers].flatMap((server) =>
    [...assessedOf(server), ...onSigint(server)].flatMap((one): Ending[] => {
      const step = one.judgement.kind === 'drops calls' ? endOfCalls(one.judgement) : undefined;
      const isKnown = endings.some((ending) => ending.one.path.listener === one.path.listener);
      const isSame = endings.some((ending) => closesTheSame(ending, { one, step }));
      return step && !isKnown && isSame ? [{ one, step }] : [];
    }),
  );
}

/** What a server does on SIGINT. */
export function onSigint(server: McpServer): AssessedPath[] {
  return server.shutdown.on('SIGINT').map((path) => ({ server, path, judgement: judge(path, server) }));
}

/** Whether two handlers never are there in the same start. */
export function areExclusive({ server, path }: AssessedPath, other: AssessedPath): boolean {
  return server.shutdown.startup.areExclusive(path.listener, other.path.listener);
}

function closesTheSame(a: Ending, b: Ending): boolean {
  return whatEnds(a) === whatEnds(b) && !areExclusive(a.one, b.one);
}

function whatEnds({ step }: Ending): string | undefined {
  return step?.kind === 'call' ? nameOf(step) : step?.kind;
}
