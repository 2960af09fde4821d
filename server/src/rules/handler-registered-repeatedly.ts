import type { RelatedLocation, Rule } from '../engine/types.ts';
import { registerOnce } from '../fixes/shutdown/registerOnce.ts';
import type { McpServer } from '../project/server.ts';
import type { SignalListener } from '../project/signals.ts';
import { isExit } from '../project/syncPath.ts';
import { type RepeatedListeners, repeatedListeners } from '../project/tools/repeated.ts';
import { wayFromRequest } from './shared/wayFromRequest.ts';

export const handlerRegisteredRepeatedly: Rule = {
  id: 'handler-registered-repeatedly',
  severity: 'warning',
  docs: {
    summary: 'A signal listener is added for every request, session or tool call.',
    what: `Reports a listener for a signal of the process (\`process.on('SIGTERM', ...)\`, \`once\` too) that is registered by what a
client's request runs: by a tool handler, by a route or middleware of the HTTP application that serves MCP, or by a
function, method or constructor that these call for certain, such as the factory that makes one MCP server for each
session. The listeners that one function adds are one finding.

Not reported: a registration under a condition that asks for something remembered (\`if (installed) return\`,
\`this.handler ??= ...\`, \`process.listenerCount('SIGTERM') === 0\`) or for a parameter, one whose listener live code takes
off again (\`process.off\`, \`removeListener\`), and listeners of other objects, such as child processes.`,
    why: `Every request adds one more listener, and each keeps alive what it closes over: a server object, a session, a
connection. From the eleventh on Node prints MaxListenersExceededWarning (on stderr, once).

On the signal all of them run. Each closes its own part and most end with \`process.exit()\`: the first that gets there
ends the process while the others are still closing, and the answers of calls in flight are lost. A \`once\` listener is no
better, because it goes only when the signal comes.`,
    fix: `*Register it once, where the server starts* moves the registrations, and the functions that only they use, in front of the
statement that opens the port. It is offered where that statement stands in the same file and nothing that moves belongs to
the request. It is safe: on the signal the same is done, once.

A listener that closes what belongs to one session cannot be moved: let one listener close all sessions that are open then
(keep them in a map or set).`,
  },

  check({ project, report }) {
    const told = new Set<SignalListener['call']>();
    for (const server of project.servers) {
      for (const found of repeatedListeners(server)) {
        const [first] = found.listeners;
        if (!first || told.has(first.call)) continue;
        told.add(first.call);
        report({
          path: first.path,
          range: first.range,
          message: messageOf(found, server),
          related: relatedTo(found),
        });
      }
    }
  },

  fixes(project, finding) {
    for (const server of project.servers) {
      const found = repeatedListeners(server).find(
        ({ listeners: [first] }) => first?.path === finding.path && first.range.start === finding.range.start,
      );
      if (found) return registerOnce(project, server, found, finding.ruleId);
    }
    return [];
  },
};

function messageOf({ listeners, by }: RepeatedListeners, server: McpServer): string {
  const signals = [...new Set(listeners.flatMap((listener) => listener.signals))].sort().join(' and ');
  const ends = listeners.some((listener) => exits(listener, server))
    ? 'and on the signal all of them run, the first that exits cutting off the others'
    : 'and on the signal all of them run';
  return `Each ${by.run} that gets here adds another listener for ${signals}: each keeps what it closes over, from the 11th on Node warns of a leak, ${ends}. Register it once, where the server starts.`;
}

function exits({ handlers }: SignalListener, { calls }: McpServer): boolean {
  return [...calls.reach(handlers).values()].some(({ ref }) =>
    calls.program
      .callsIn(ref.path, ref.fn)
      .some(({ callee }) => calls.callees(callee, ref.path, ref.fn).some(isExit)),
  );
}

function relatedTo({ listeners, by, way }: RepeatedListeners): RelatedLocation[] {
  return [
    ...wayFromRequest(by, way, 'the registration'),
    ...listeners.slice(1).map((listener) => ({
      path: listener.path,
      range: listener.range,
      message: 'This listener is added each time too.',
    })),
  ];
}
