import type { Rule } from '../engine/types.ts';
import { isolateSteps } from '../fixes/shutdown/isolateSteps.ts';
import { assessed } from '../project/shutdown/assess.ts';
import { unguarded } from '../project/shutdown/isolation.ts';
import { headOf, place, registration } from '../project/shutdown/places.ts';

export const unguardedCleanup: Rule = {
  id: 'unguarded-cleanup',
  severity: 'information',
  docs: {
    summary: 'A step of the clean-up that fails keeps the later ones from running.',
    what: `Reports, in a SIGTERM handler that lets the calls finish, a step of the clean-up that is awaited and followed by another
one with nothing between them that catches its failure: they stand in the same \`try\`, or the failing one stands in none.

Not reported: steps whose failure a \`try\` of their own or \`.catch()\` takes, in \`Promise.allSettled\`, or followed only by a
\`finally\`. Where the handler closes without waiting for the calls, \`in-flight-calls-dropped\` tells of such steps.`,
    why: `A pool that is already closed, a collector that is away: releases do fail, and most of all when everything is being
stopped. What stands behind the failing step is then skipped: the log is not flushed, the lease is not revoked. Without any
\`catch\` the rejection ends the process with code 1, or, where a listener for \`unhandledRejection\` swallows it, leaves it up.`,
    fix: `*Give each step a try of its own* puts every step that would be skipped, and the one before them, into a \`try\` that logs the
error: by the logger that the handler writes with, where its package (winston, pino and others) or another call in the file tells what
it takes, else with \`console.error\`. It is not safe: a step that fails no longer ends the process with code 1, so you may want to
remember the failure for the exit code. It is offered where each step is a statement of its own.`,
  },

  check({ project, report }) {
    for (const one of assessed(project.servers)) {
      const found = one.judgement.kind === 'drains' ? unguarded(one.path.view) : undefined;
      if (!found) continue;
      const { step } = found.step;
      report({
        path: step.spot.path,
        range: headOf(step.spot),
        message:
          'If this fails on SIGTERM, the steps of the clean-up behind it are skipped: nothing between them catches the error. Give each step a try of its own.',
        related: [
          ...found.skipped.slice(0, 4).map((other) => place(other.step.spot, 'This would be skipped.')),
          registration(one),
        ],
      });
    }
  },

  fixes(project, finding) {
    for (const { judgement, path } of assessed(project.servers)) {
      const found = judgement.kind === 'drains' ? unguarded(path.view) : undefined;
      const spot = found?.step.step.spot;
      if (found && spot?.path === finding.path && spot.expr.start === finding.range.start)
        return isolateSteps(project, found, finding.ruleId);
    }
    return [];
  },
};
