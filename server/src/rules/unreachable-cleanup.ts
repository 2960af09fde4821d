import type { Rule } from '../engine/types.ts';
import { exitLast } from '../fixes/shutdown/exitLast.ts';
import type { Expr } from '../languages/source/facts.ts';
import { headOf, place } from '../project/shutdown/places.ts';
import { asyncExitListeners, behindExit, siteOf } from '../project/shutdown/unreachable.ts';

export const unreachableCleanup: Rule = {
  id: 'unreachable-cleanup',
  severity: 'warning',
  docs: {
    summary: 'Clean-up stands where it never runs: behind an exit, or in an async listener for `exit`.',
    what: `Reports, in the handlers of SIGTERM and SIGINT, a call that stands behind a \`process.exit()\` that is always reached first,
for instance in the \`finally\` of a \`try\` that exits; and \`process.on('exit', async () => ...)\` whose function awaits
something.`,
    why: `\`process.exit()\` does not return: nothing behind it runs, no \`finally\` either. And when \`exit\` is emitted, the event loop
has stopped: what a listener starts there is never finished, and what stands behind its first \`await\` never begins. The
code looks complete, and the span is not ended, the browser not closed, the file not written.`,
    fix: `*Exit behind this* moves the exit to the end of its block, or behind the \`finally\` of a \`try\` without a \`catch\` that ends with
it, and arms a timer that forces the exit where that work may hang and nothing else limits it. It is not safe: what has
never run may throw. None is offered for listeners for \`exit\`: move their work into the
signal handler.`,
  },

  check({ project, report }) {
    const told = new Set<Expr>();
    const isNew = (expr: Expr) => !told.has(expr) && told.add(expr) !== undefined;
    for (const server of project.servers) {
      for (const path of [...server.shutdown.on('SIGTERM'), ...server.shutdown.on('SIGINT')]) {
        const found = behindExit(path.view.trace);
        const site = found && siteOf(found);
        if (!site || !isNew(site.expr)) continue;
        report({
          path: site.path,
          range: headOf(site),
          message:
            'This never runs: the process has ended before, and an exit does not return, not even for a finally. Move it in front of the exit.',
          related: [place(found.exit.spot, 'The process ends here.')],
        });
      }
      for (const { registration, awaited } of asyncExitListeners(server)) {
        if (!isNew(registration.expr)) continue;
        report({
          path: registration.path,
          range: headOf(registration),
          message:
            'Nothing waits for an async listener for "exit": the event loop has stopped, so what it awaits is never done. Do it in the signal handler, before the exit.',
          related: [place(awaited, 'This is started and never finished.')],
        });
      }
    }
  },

  fixes(project, { path: file, range, ruleId }) {
    for (const server of project.servers) {
      for (const path of [...server.shutdown.on('SIGTERM'), ...server.shutdown.on('SIGINT')]) {
        const found = behindExit(path.view.trace);
        const site = found && siteOf(found);
        if (found && site?.path === file && site.expr.start === range.start)
          return exitLast(project, { path, server }, found, ruleId);
      }
    }
    return [];
  },
};
