import { stopSignalFault } from '../languages/stopSignals.ts';
import { isFirstProcess } from '../project/deployments/unhandledSignals.ts';
import type { LinkedDeployment } from '../project/project.ts';
import { type McpServer, mayHear } from '../project/server.ts';
import { assessedOf } from '../project/shutdown/assess.ts';
import { type Judgement, judge } from '../project/shutdown/judgement.ts';
import type { SegmentKind, Source, Verdict } from './timeline.ts';

/** What a server does on a signal where no number says how long that takes. */
export interface Reaction {
  /** What the time up to SIGKILL is. */
  readonly segment: Extract<SegmentKind, 'hang' | 'unknown' | 'slack'>;
  /** Where that is to be seen. */
  readonly sources?: readonly Source[];
  readonly verdict: Verdict;
}

/** What a server without a known drain does on a signal. */
export function reactionOf(
  server: McpServer,
  signal: string,
  deployment: LinkedDeployment | undefined,
): Reaction {
  if (stopSignalFault(signal) === 'uncatchable') {
    return dropped(
      `Nothing can handle ${signal}: it ends the process at once, with the tool calls in flight.`,
    );
  }
  if (server.handledBy) {
    return unknown(`${server.handledBy} handles ${signal}; how long it takes is not known.`);
  }
  if (!mayHear(server, signal)) return unheard(server, signal, deployment);
  const judgements = judgementsOn(server, signal);
  const atOnce = judgements.find(({ kind }) => kind === 'exits at once');
  const first = atOnce ?? judgements[0];
  return judgements.some(({ kind }) => kind === 'unknown') && !atOnce
    ? unknown(`How long the handler of ${signal} takes is not known.`)
    : heard(first, signal);
}

function judgementsOn(server: McpServer, signal: string): readonly Judgement[] {
  if (signal === 'SIGTERM') return assessedOf(server).map(({ judgement }) => judgement);
  return server.shutdown.on(signal).map((path) => judge(path, server));
}

function heard(judgement: Judgement | undefined, signal: string): Reaction {
  switch (judgement?.kind) {
    case 'exits at once':
      return dropped(`The handler of ${signal} exits at once: the tool calls in flight are dropped.`);
    case 'does not await':
    case 'drops calls':
    case 'drains too late':
      return {
        segment: 'unknown',
        verdict: {
          kind: 'no-drain',
          text: `The handler of ${signal} closes or exits without having waited for the tool calls.`,
        },
      };
    case 'never ends':
      return {
        segment: 'hang',
        verdict: { kind: 'hangs', text: `The handler of ${signal} does not end the process: SIGKILL does.` },
      };
    case 'drains':
      return unknown(
        `The handler of ${signal} waits for the tool calls; for how long at most is not known, or not limited.`,
      );
    default:
      return unknown(`How long the handler of ${signal} takes is not known.`);
  }
}

/** Nothing listens: then it depends on whether Node is the container's first process. */
function unheard(server: McpServer, signal: string, deployment: LinkedDeployment | undefined): Reaction {
  if (deployment && isFirstProcess(server, deployment)) {
    const text = `Nothing listens to ${signal}. Node ignores it as the container's first process, and SIGKILL ends it.`;
    return { segment: 'hang', verdict: { kind: 'hangs', text } };
  }
  return dropped(
    `Nothing listens to ${signal}: the process ends at once, and drops the tool calls in flight.`,
  );
}

/** The process ends at once: all of the time is left. */
function dropped(text: string): Reaction {
  return { segment: 'slack', verdict: { kind: 'no-drain', text } };
}

function unknown(text: string): Reaction {
  return { segment: 'unknown', verdict: { kind: 'unknown', text } };
}
