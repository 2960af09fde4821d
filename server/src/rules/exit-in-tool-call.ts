import type { Fix, Rule } from '../engine/types.ts';
import { throwInstead } from '../fixes/source/throwInstead.ts';
import type { McpServer } from '../project/server.ts';
import { type ExitInCall, exitsInCalls } from '../project/tools/exits.ts';
import { wayFromRequest } from './shared/wayFromRequest.ts';

export const exitInToolCall: Rule = {
  id: 'exit-in-tool-call',
  severity: 'error',
  docs: {
    summary: 'A tool call or an HTTP request can end the whole process.',
    what: `Reports \`process.exit()\` (and \`process.abort()\`, \`Deno.exit()\`) where a client's call leads to it: from a tool
handler or another request handler of the SDK, from a route or middleware of the HTTP application that serves MCP, or from the \`authenticate\` function of
fastmcp. Calls are followed into other files, methods, constructors, callbacks and timers, as long as it is certain which
function is called, also to an exit that was injected. Conditions on the way do not matter. Each exit is reported once,
with the shortest way to it.

Not reported: exits in signal handlers, and those that a signal handler reaches too (an administrator's route that runs
the graceful shutdown); tools and routes that by their name are there to end the server (\`restart_server\`); exits in
start-up code, and in what is done once only and the start has done already (\`if (!config) config = load()\`); exits in
commands of a command line, in other applications such as the listener of a log-in; listeners for events
(\`child.on('exit', ...)\`) that are only registered by the call.`,
    why: `One client's mistake ends the server for all of them: a missing argument in one call, and every other session's calls
in flight are dropped without an answer. Nothing is drained, because no signal was sent, and what the process buffers is
lost. Over stdio the client loses the server in the middle of its work. Where something starts the process anew, the same
call will end it again.

A tool that throws is answered with an error result (\`isError: true\`) that the model can read and act on; the SDK turns
the exception into it.`,
    fix: `*Throw an error instead of exiting* replaces the exit by \`throw new Error(...)\`, with the text that is logged just before
it where there is one. It is offered where the exit is a statement of the tool handler itself, because there the SDK turns
the error into an answer. It has to be looked at: an exit is not caught by a \`catch\` around it, an error is.`,
  },

  check({ project, report }) {
    const told = new Set<ExitInCall['call']>();
    for (const server of project.servers) {
      for (const exit of exitsInCalls(server)) {
        if (told.has(exit.call)) continue;
        told.add(exit.call);
        report({
          path: exit.path,
          range: { start: exit.call.start, end: exit.call.end },
          message: messageOf(exit, server),
          related: wayFromRequest(exit.by, exit.way, 'the exit'),
        });
      }
    }
  },

  fixes(project, finding): Fix[] {
    for (const server of project.servers) {
      const exit = exitsInCalls(server).find(
        ({ path, call }) => path === finding.path && call.start === finding.range.start,
      );
      if (exit && exit.by.kind === 'tool' && exit.way.length === 0) {
        return throwInstead(project, exit, finding.ruleId);
      }
    }
    return [];
  },
};

function messageOf({ by, way }: ExitInCall, { isNetwork }: McpServer): string {
  const leads = way.length === 0 ? `stands in ${by.what}` : `is reached from ${by.what}`;
  const loss = isNetwork
    ? "one client's call drops the calls of all the others, without an answer"
    : 'the client loses the server and every other call in flight';
  // What a route throws may end the process too: Express 4 does not catch it from an async function.
  const advice =
    by.kind === 'tool'
      ? 'Throw an error instead, so that only this call fails.'
      : 'Answer this one request with an error instead.';
  return `This exit ends the whole process and ${leads.replace(/,$/, '')}: ${loss}. ${advice}`;
}
