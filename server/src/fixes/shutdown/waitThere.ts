import type { Project } from '../../project/project.ts';
import type { McpServer } from '../../project/server.ts';
import { assessedOf } from '../../project/shutdown/assess.ts';
import { lineOfWait } from '../handler/runtime/callsFinished.ts';
import { plannedFile } from '../source/plannedFile.ts';
import type { Counting } from './drainNeeds.ts';
import type { HandlerCode } from './handlerCode.ts';

/** A wait that an earlier fix has written, as other handlers call it. */
export interface WaitThere {
  readonly line: string;
  /** It also tells whether it was called before. */
  readonly isGuard: boolean;
}

/**
 * The `callsFinished()` that another handler of the server calls, where it counts all that is to be waited for and can be
 * named in all of the given functions.
 */
export function waitThere(
  project: Project,
  server: McpServer,
  { isHttp, isStdio }: Counting,
  users: readonly HandlerCode[],
): WaitThere | undefined {
  const paths = [...assessedOf(server).map(({ path }) => path), ...server.shutdown.on('SIGINT')];
  for (const { step, subject } of paths.flatMap(({ view }) => view.drains)) {
    const planned = plannedFile(project, step.spot.path);
    const fn = planned?.facts.functions[step.spot.fn];
    if (!planned || fn?.name !== name || fn.parent !== 0 || subject.kind === 'nothing') continue;
    const text = planned.file.text.slice(fn.range.start, fn.range.end);
    const isSeen = users.every(({ path, facts }) =>
      facts.bindings.some(
        (each) => each.name === name && each.owner === 0 && (each.imported || path === step.spot.path),
      ),
    );
    const countsAll = (!isHttp || text.includes('answers.size')) && (!isStdio || text.includes('calls.size'));
    const isGuard = /\breturn true\b/.test(text);
    if (isSeen && countsAll) return { line: lineOfWait({ isGuard }), isGuard };
  }
  return undefined;
}

const name = 'callsFinished';
