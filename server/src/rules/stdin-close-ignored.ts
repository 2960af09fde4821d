import type { Rule } from '../engine/types.ts';
import { endWithStdin } from '../fixes/shutdown/endWithStdin.ts';
import { orFullHandler } from '../fixes/shutdown/fullHandler.ts';
import { calleeRange } from '../languages/source/walk.ts';
import { type KeptOpen, keptOpenAtEof } from '../project/shutdown/stdinEnd.ts';

export const stdinCloseIgnored: Rule = {
  id: 'stdin-close-ignored',
  severity: 'warning',
  docs: {
    summary: 'A stdio server lives on when its client closes stdin.',
    what: `Reports a server over stdio that holds something that keeps the process alive (an interval, a watcher, a connection pool,
a child process) and does not listen to the end of stdin.

Not reported: servers that also listen on a port in the same start (one for their own health does not count), timers that
only the environment or the command line asks for, and servers in which anything listens to \`end\` or \`close\`
of stdin or to the transport's \`onclose\`.`,
    why: `A client stops a stdio server by closing its stdin; SIGTERM comes two seconds later, and only from clients that follow the
specification to the letter. SDK 1 does not react to the end of stdin, and SDK 2 closes the transport but does not end the
process. Whatever is still open keeps it up: a client that crashes or is killed leaves a server behind, with its pool and
its child processes, and one more the next time.`,
    fix: `*Shut down at the end of stdin, too* has the end of stdin run the handler for SIGTERM; one that would lose calls or never exit is
mended first, as by the fixes of \`in-flight-calls-dropped\` and \`signal-swallowed\`. Where SIGTERM is not handled,
*Exit at the end of stdin* waits for the calls in flight, at most for \`DRAIN_TIMEOUT_MS\`, and exits: clients may close stdin right
behind a request. SDK 2, which would abort the calls itself, reads through a pipe that does not pass the end on. They are offered
where the server objects and the start are in sight, and are not safe: somebody may count on a server that lives on.

*Insert a graceful shutdown handler* inserts the handler that \`missing-sigterm-handler\` describes, or replaces the one that is
there. It is offered for servers whose parts are of a known shape, and not applied by fix-all either.`,
  },

  check({ project, report }) {
    const told = new Set<KeptOpen['start']['call']>();
    for (const server of project.servers) {
      const found = keptOpenAtEof(server);
      if (!found || told.has(found.start.call)) continue;
      const { start, resource } = found;
      told.add(start.call);
      report({
        path: start.path,
        range: start.range,
        message: `When the client closes stdin, this server lives on: the ${resource.what} keeps the process alive and nothing listens to the end of stdin. Shut down on "end" of stdin as on SIGTERM.`,
        related: [
          {
            path: resource.path,
            range: calleeRange(resource.call),
            message: `Opened here: ${resource.what}.`,
          },
        ],
      });
    }
  },

  fixes(project, finding) {
    for (const server of project.servers) {
      const start = keptOpenAtEof(server)?.start;
      if (start?.path !== finding.path || start.range.start !== finding.range.start) continue;
      const end = endWithStdin(project, server, start, finding.ruleId);
      return orFullHandler(end, project, server, finding.ruleId);
    }
    return [];
  },
};
