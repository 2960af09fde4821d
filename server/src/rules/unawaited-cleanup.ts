import type { Rule } from '../engine/types.ts';
import { awaitCleanup } from '../fixes/shutdown/awaitCleanup.ts';
import { assessed } from '../project/shutdown/assess.ts';
import { headOf, place, registration } from '../project/shutdown/places.ts';

export const unawaitedCleanup: Rule = {
  id: 'unawaited-cleanup',
  severity: 'error',
  docs: {
    summary: 'The SIGTERM handler starts its clean-up and exits without waiting for it.',
    what: `Reports a call that closes an MCP server, a transport, the HTTP listener or a resource, and takes time, where the
handler comes to \`process.exit()\` before it can be over: nothing awaits it, and the exit does not stand in its callback.

Not reported: releases that are over when they return (\`better-sqlite3\`), a listener that is closed and not awaited on
purpose because the handler then waits for the calls, and calls that are awaited through \`Promise.all\`, a stored promise or
a helper.`,
    why: `\`process.exit()\` ends the process at once, whatever is still under way: the close that was begun does nothing. Calls in
flight are dropped, a session's DELETE is never sent, a pool's connections are cut, and what was still buffered is lost.
It reads as if shutdown had been taken care of.`,
    fix: `*Wait until it is closed* awaits the call and makes the handler async; Node's HTTP listener, which tells by a callback, is
wrapped in a promise. It is offered where the calls are waited for, or where the listener is what is closed: awaiting the close of an
MCP server would still abort the calls. It is safe where a timer forces the exit already and nothing but the wait is added.

A listener that is closed waits for its last connection, and every open stream is one. So the calls are counted and waited for
first, as for \`in-flight-calls-dropped\`, also in a handler of \`SIGINT\` with the same mistake; 300 ms after them all connections
are ended. Where the calls come in out of sight, a timer that exits is armed instead, unless there is one, and later signals
are ignored.

*Insert a graceful shutdown handler* replaces the handler, as for \`immediate-exit\`, where its parts are of a known shape. It
is not applied by fix-all.`,
  },

  check({ project, report }) {
    for (const one of assessed(project.servers)) {
      const { judgement } = one;
      if (judgement.kind !== 'does not await') continue;
      const { step } = judgement.action;
      report({
        path: step.spot.path,
        range: headOf(step.spot),
        message:
          'This is started on SIGTERM and nobody waits for it: the process exits before it is done, so that it changes nothing, and calls in flight are dropped. Await it, then exit.',
        related: [registration(one), place(judgement.exit.spot, 'The process ends here.')],
      });
    }
  },

  fixes(project, finding) {
    for (const one of assessed(project.servers)) {
      const { judgement } = one;
      if (judgement.kind !== 'does not await') continue;
      const { path, expr } = judgement.action.step.spot;
      if (path === finding.path && expr.start === finding.range.start)
        return awaitCleanup(project, one, judgement, finding.ruleId);
    }
    return [];
  },
};
