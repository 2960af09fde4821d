import type { Rule } from '../engine/types.ts';
import { insertHandler } from '../fixes/handler/insertHandler.ts';
import { assessed } from '../project/shutdown/assess.ts';

export const signalSwallowed: Rule = {
  id: 'signal-swallowed',
  severity: 'error',
  docs: {
    summary: 'The SIGTERM handler neither exits nor lets the process end.',
    what: `Reports a handler that comes to no exit, neither directly nor in a callback, a continuation or a timer, while something
keeps the process alive that it does not close: the HTTP listener, or over stdio a resource such as a timer, a watcher or a
pool.

Not reported: handlers of which a part cannot be followed, handlers that close the listener and let the process end by
itself, and handlers beside another one that exits.`,
    why: `A listener for SIGTERM replaces Node's own reaction, which is to end. If the handler does not exit, nobody does: the
server stays up, half closed, until the platform's grace period is over (10 s for Docker, 30 s for Kubernetes) and it is
killed. Every stop and every deployment takes that long, and calls that come in meanwhile are lost.`,
    fix: `*Insert a graceful shutdown handler* replaces the handler by one that counts the tool calls and waits for them, as for
\`immediate-exit\`: it refuses new calls, waits for those in flight, answers what is left, and only then closes and exits.
It closes the listener, and releases what keeps the process alive. It is offered where all of the handler is understood and
the server's parts are of a known shape; it is not applied by fix-all.`,
  },

  check({ project, report }) {
    for (const { judgement, path, server } of assessed(project.servers)) {
      if (judgement.kind !== 'never ends') continue;
      const { listener } = path;
      const { kept } = judgement;
      const what = kept ? `the ${kept.what}` : 'the HTTP listener';
      report({
        path: listener.path,
        range: listener.range,
        message: `This SIGTERM handler never exits, and ${what} keeps the process alive: ${kept ? 'it' : 'the server'} stays up, with the signal used up, until it is killed. Close ${kept ? 'it' : 'the listener'}, then exit.`,
        related: kept
          ? [
              {
                path: kept.path,
                range: { start: kept.call.start, end: kept.call.callee.end },
                message: `Opened here: ${kept.what}.`,
              },
            ]
          : server.starts
              .filter(({ kind }) => kind === 'listen')
              .slice(0, 1)
              .map(({ path: file, range }) => ({ path: file, range, message: 'It listens here.' })),
      });
    }
  },

  fixes(project, finding) {
    const one = assessed(project.servers).find(
      ({ judgement, path: { listener } }) =>
        judgement.kind === 'never ends' &&
        listener.path === finding.path &&
        listener.range.start === finding.range.start,
    );
    return one ? insertHandler(project, one.server, finding.ruleId) : [];
  },
};
