import type { Fix, Rule } from '../engine/types.ts';
import { removeRegistration } from '../fixes/source/removeRegistration.ts';
import type { SignalListener } from '../project/signals.ts';

/** The kernel never delivers these two to a process. */
const uncatchable = ['SIGKILL', 'SIGSTOP'];

export const uncatchableSignal: Rule = {
  id: 'uncatchable-signal',
  severity: 'error',
  docs: {
    summary: 'A listener for SIGKILL or SIGSTOP, which throws when it is registered.',
    what: `Reports \`process.on('SIGKILL', ...)\` and \`process.on('SIGSTOP', ...)\` (also \`once\`, \`addListener\` and their like) in code
that a server runs, also where the signal is one of a list (\`for (const signal of ['SIGTERM', 'SIGKILL'])\`).

Not reported: sending these signals (\`child.kill('SIGKILL')\`), and listeners in code that nothing calls.`,
    why: `No process can listen to these two signals. Node 20 does not even try: the call throws \`Error: uv_signal_start EINVAL\`.
At the top level that ends the server as it starts; behind a \`try\`, or in a loop over signals, the listeners that come
after it are never registered. When SIGKILL does come (after the grace period of a container, for instance) the process
is gone at once, so what the handler was meant to do has to happen on SIGTERM.`,
    fix: `*Remove* deletes the registration, or the name from the list of signals. It is safe: the listener could never run.`,
  },

  check({ project, report }) {
    const told = new Set<SignalListener['call']>();
    for (const { listeners } of project.servers) {
      for (const listener of listeners) {
        const signals = listener.signals.filter((signal) => uncatchable.includes(signal));
        if (signals.length === 0 || !listener.isCertain || told.has(listener.call)) continue;
        told.add(listener.call);
        report({
          path: listener.path,
          range: listener.range,
          message: `No process can listen to ${signals.join(' or ')}: this registration throws (uv_signal_start EINVAL), and whatever should come after it does not run. Remove it; clean-up belongs on SIGTERM.`,
          data: { signals } satisfies FindingData,
        });
      }
    }
  },

  fixes(project, finding): Fix[] {
    const { signals } = finding.data as FindingData;
    const listener = project.servers
      .flatMap((server) => server.listeners)
      .find(({ path, range }) => path === finding.path && range.start === finding.range.start);
    return listener ? removeRegistration(project, listener, signals, finding.ruleId) : [];
  },
};

interface FindingData {
  readonly signals: readonly string[];
}
