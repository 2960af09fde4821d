import type { Rule } from '../engine/types.ts';
import { insertHandler } from '../fixes/handler/insertHandler.ts';
import type { McpServer } from '../project/server.ts';
import type { SignalListener } from '../project/signals.ts';
import type { CallRef } from '../project/syncPath.ts';

interface FindingData {
  readonly entry: string;
}

export const immediateExit: Rule = {
  id: 'immediate-exit',
  severity: 'error',
  docs: {
    summary: 'The SIGTERM handler exits without awaiting anything.',
    what: `Reports a server whose SIGTERM handler reaches \`process.exit()\` (or \`Deno.exit()\`) before it has awaited or
started anything: it may log, clear timers, set flags, write or remove files at once (\`unlinkSync(lockFile)\`) or exit by a timer, also
in functions it calls, but nothing is closed and no call is waited for. Handlers are followed through named functions, arrow functions, bound methods and other files.

Not reported: a handler that awaits something, or that starts something before it exits, and a handler whose exit is
reached in a way that cannot be followed (an injected function, a helper library). Where several handlers listen to
SIGTERM and only some of them exit at once, this rule is silent.`,
    why: `The listener replaces Node's default of ending at once by the very same thing: every tool call in flight is dropped,
its caller sees neither success nor failure and may run it twice, and whatever buffers (logs, spans, a half-written
answer on a pipe) is cut off. It also looks as if shutdown had been taken care of.`,
    fix: `*Insert a graceful shutdown handler* replaces the listener, and one for \`SIGINT\` with it, by the handler that
\`missing-sigterm-handler\` describes: it refuses new calls, waits for those in flight, answers what is left, closes and
exits. What the old listener logged and the flags it set come first, when the signal arrives; what it called becomes a
step after the wait. It is offered for servers whose parts are of a known shape, and only if nothing that the listener
did gets lost. It changes what the process does when it is stopped, so it is not applied by fix-all.`,
  },

  check({ project, report }) {
    const told = new Set<SignalListener['call']>();
    for (const server of project.servers) {
      const found = exitingListener(server);
      if (!found || told.has(found.listener.call)) continue;
      told.add(found.listener.call);
      const { listener, at, isDelayed } = found;
      report({
        path: listener.path,
        range: listener.range,
        message: `This SIGTERM handler exits ${isDelayed ? 'after a fixed delay' : 'at once'}, without waiting for anything: every tool call ${isDelayed ? 'that is still running then' : 'in flight'} is dropped, its caller sees neither success nor failure and may run it twice. Wait for the calls first, then close and exit.`,
        related: [
          {
            path: at.path,
            range: { start: at.call.start, end: at.call.end },
            message: 'The process ends here.',
          },
        ],
        data: { entry: server.entry } satisfies FindingData,
      });
    }
  },

  fixes(project, finding) {
    const { entry } = finding.data as FindingData;
    const server = project.servers.find((one) => one.entry === entry);
    return server ? insertHandler(project, server, finding.ruleId) : [];
  },
};

/** The first of a server's SIGTERM listeners, if all of them are known and exit at once. */
function exitingListener(
  server: McpServer,
): { listener: SignalListener; at: CallRef; isDelayed: boolean } | undefined {
  if (server.handledBy) return undefined;
  const listeners = server.listeners.filter(
    (one) => (one.signals.includes('SIGTERM') || !one.isCertain) && !server.shutdown.isOfAnotherCommand(one),
  );
  const [listener] = listeners;
  const exits = listeners.map(({ firstSteps, isCertain }) =>
    isCertain && firstSteps.length > 0 && firstSteps.every(({ kind }) => kind === 'exits')
      ? firstSteps[0]
      : undefined,
  );
  const [first] = exits;
  if (!listener || first?.kind !== 'exits' || exits.includes(undefined)) return undefined;
  return { listener, at: first.at, isDelayed: first.isDelayed };
}
