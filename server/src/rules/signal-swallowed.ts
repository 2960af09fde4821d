import type { RelatedLocation, Rule } from '../engine/types.ts';
import { exitWhenDone } from '../fixes/shutdown/exitWhenDone.ts';
import { orFullHandler } from '../fixes/shutdown/fullHandler.ts';
import { calleeRange } from '../languages/source/walk.ts';
import { type HeldResource, isMissedAtExit } from '../project/resources/resource.ts';
import { type AssessedPath, assessed } from '../project/shutdown/assess.ts';
import { reopenedAfter } from '../project/shutdown/reopened.ts';

export const signalSwallowed: Rule = {
  id: 'signal-swallowed',
  severity: 'error',
  docs: {
    summary: 'The SIGTERM handler neither exits nor lets the process end.',
    what: `Reports a handler that comes to no exit, neither directly nor in a callback, a continuation or a timer, while something
keeps the process alive that it does not close: the HTTP listener, beside it a timer, a cache or a queue that every start
opens, or over stdio a resource such as a timer, a watcher or a pool. A handler that closes all of this without waiting
for the calls in flight is reported as a warning where a tool opens such a resource: the call that does so behind its back
keeps the process alive.

Not reported: handlers of which a part cannot be followed, handlers that close the listener and let the process end by
itself, handlers beside another one that exits, and those where other code may exit once the listener is closed.`,
    why: `A listener for SIGTERM replaces Node's own reaction, which is to end. If the handler does not exit, nobody does: the
server stays up, half closed, until the platform's grace period is over (10 s for Docker, 30 s for Kubernetes) and it is
killed. Every stop and every deployment takes that long, and calls that come in meanwhile are lost.`,
    fix: `*Exit when the cleanup is done* keeps the handler and ends it with \`process.exit(0)\`; where it does not wait for the calls in
flight yet, it does so first, by the fix of \`in-flight-calls-dropped\`. A function that others call, too, stays as it is: the
signal runs one that waits, calls it and exits. Where SIGINT is not heard it is registered for that as well. It is offered where
the handler awaits what it closes, and the exit cuts off nothing that has to be released first. It is not safe: whether
something else was to go on is for a person to say.

*Insert a graceful shutdown handler* replaces the handler, as for \`immediate-exit\`, where all of it is understood and the server's
parts are of a known shape. It closes the listener, and releases what keeps the process alive. It is not applied by fix-all either.`,
  },

  check({ project, report }) {
    for (const one of assessed(project.servers)) {
      const { judgement, path, server } = one;
      const { path: file, range } = path.listener;
      const reopened = reopenedAfter(one);
      if (reopened) {
        report({
          path: file,
          range,
          severity: 'warning',
          message: `This SIGTERM handler never exits, nor does it wait for the calls in flight: one that opens the ${reopened.what} after this has closed everything keeps the process up, with the signal used up, until it is killed. Wait for the calls, then close and exit.`,
          related: [openedAt(reopened)],
        });
      }
      if (judgement.kind !== 'never ends') continue;
      const { kept } = judgement;
      const what = kept ? `the ${kept.what}` : 'the HTTP listener';
      report({
        path: file,
        range,
        message: `This SIGTERM handler never exits, and ${what} keeps the process alive: ${kept ? 'it' : 'the server'} stays up, with the signal used up, until it is killed. Close ${kept ? 'it' : 'the listener'}, then exit.`,
        related: kept
          ? [openedAt(kept)]
          : server.starts
              .filter(({ kind }) => kind === 'listen')
              .slice(0, 1)
              .map((start) => ({ path: start.path, range: start.range, message: 'It listens here.' })),
      });
    }
  },

  fixes(project, finding) {
    const one = assessed(project.servers).find(
      (each) =>
        isSwallowed(each) &&
        each.path.listener.path === finding.path &&
        each.path.listener.range.start === finding.range.start,
    );
    if (!one) return [];
    // What an exit would cut off has to be released first: the full handler does that.
    const exit = isLostByExit(one) ? [] : exitWhenDone(project, one, finding.ruleId);
    return orFullHandler(exit, project, one.server, finding.ruleId);
  },
};

function isSwallowed(one: AssessedPath): boolean {
  return one.judgement.kind === 'never ends' || reopenedAfter(one) !== undefined;
}

function isLostByExit({ judgement }: AssessedPath): boolean {
  return judgement.kind === 'never ends' && judgement.kept !== undefined && isMissedAtExit(judgement.kept);
}

function openedAt({ what, path, call }: HeldResource): RelatedLocation {
  return { path, range: calleeRange(call), message: `Opened here: ${what}.` };
}
