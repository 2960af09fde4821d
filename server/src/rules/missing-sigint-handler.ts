import type { Rule } from '../engine/types.ts';
import { registerForSigint } from '../fixes/source/registerForSigterm.ts';
import { mayHear } from '../project/server.ts';
import { type AssessedPath, assessedOf } from '../project/shutdown/assess.ts';
import type { SignalListener } from '../project/signals.ts';

export const missingSigintHandler: Rule = {
  id: 'missing-sigint-handler',
  severity: 'information',
  docs: {
    summary: 'SIGTERM is handled, SIGINT is not.',
    what: `Reports a server that listens to \`SIGTERM\` and not to \`SIGINT\`. Nothing is said where a listener's signal cannot be
followed, where a framework or helper package listens, or where the handler for SIGTERM has to be mended first
(\`immediate-exit\`, \`unawaited-cleanup\`, \`signal-swallowed\`).`,
    why: `Ctrl+C in a terminal sends SIGINT, and so do Fly.io and PM2 when they stop a process. Without a listener the process
ends at once, as if there were no handler for SIGTERM either: calls in flight are dropped, and nothing is released.`,
    fix: `*Register the SIGTERM handler for SIGINT too* adds one line (or gives the inline function a name and registers it twice).
It is safe where the handler awaits its clean-up and exits.`,
  },

  check({ project, report }) {
    const told = new Set<SignalListener['call']>();
    for (const server of project.servers) {
      if (mayHear(server, 'SIGINT') || server.handledBy) continue;
      const listener = server.listeners.find(
        (one) => one.signals.includes('SIGTERM') && !server.shutdown.isOfAnotherCommand(one),
      );
      // Of a handler that is no good, nobody wants a second use.
      if (!listener || told.has(listener.call) || assessedOf(server).some(isNoGood)) continue;
      told.add(listener.call);
      report({
        path: listener.path,
        range: listener.range,
        message:
          'SIGTERM is handled here and SIGINT nowhere: Ctrl+C, Fly.io and PM2 send SIGINT, which then ends the process at once and drops the calls in flight. Register the same handler for it.',
        data: { entry: server.entry },
      });
    }
  },

  fixes(project, finding) {
    const { entry } = finding.data as { entry: string };
    const server = project.servers.find((one) => one.entry === entry);
    return server ? registerForSigint(project, server, finding.ruleId) : [];
  },
};

function isNoGood({ judgement: { kind } }: AssessedPath): boolean {
  return kind === 'exits at once' || kind === 'does not await' || kind === 'never ends';
}
