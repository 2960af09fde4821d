import type { Rule } from '../engine/types.ts';
import { openAtExit, reportOf } from '../fixes/resources/openAtExit.ts';
import { fixesFor } from '../fixes/resources/releaseAtExit.ts';
import type { HeldResource } from '../project/resources/resource.ts';
import type { ResourceKind } from '../project/resources/row.ts';

export const resourceNotClosed: Rule = {
  id: 'resource-not-closed',
  severity: 'warning',
  docs: {
    summary: 'Shutting down leaves a pool, client, browser, worker or child process open.',
    what: `Reports what a server opens through a library that is known (database drivers and mappers, caches, brokers and job
queues, browsers, child processes, workers, sockets, mail) and keeps, where its SIGTERM handler awaits something and then
exits, but on no way releases it. What is kept is followed through module variables, class fields, maps, factories and
lazy getters; a release counts wherever the handler leads to it, also by a class that wraps the resource, and in what runs
when something is closed (\`onclose\`, \`addHook('onClose', ...)\`, \`process.on('exit', ...)\`). In NestJS with
\`enableShutdownHooks()\` the lifecycle hooks of the providers and controllers are what the signal runs.

Where a function exists that would release it, the finding names it, and says if nothing calls it.

Not reported: what is opened and closed within one tool call or request; what costs nothing at the exit (timers, file
watchers, pools of HTTP connections); servers without such a handler, which other rules report; and every server in which
shutting down calls something that cannot be followed and may release it.`,
    why: `\`process.exit()\` cuts connections instead of ending them: the statement that is running on one is broken off, the other
side logs an error or keeps the slot until it notices, and jobs and messages that were taken have to time out before
somebody else gets them. A child process goes on without its parent. A remote browser session goes on, and costs, until
its own timeout ends it. An embedded database is left as after a crash.`,
    fix: `*Release it before the exit* calls the function that is there for it, or the library's own release, as the last
step of the handler, in a \`try\` of its own and with a limit of 2 s where it can hang; a step before it whose failure
would skip it gets one, too. It is offered where the handler has one exit, in an async function or where a callback or
a chain of promises ends, and what releases the resource is a name of the module's top level (of another module:
exported). What a module keeps to itself, or a class of which a module makes one object, gets a function or a method
that releases it. *Release it in onApplicationShutdown* adds it to the NestJS provider that keeps it in a field: Nest
calls that hook when its listener is closed and the requests are over. Releasing it changes what the process does when
it is stopped, so this is not applied by fix-all. Where it is not offered: release it after the calls in flight have
finished, since they may still use it, and with a time limit where the release can hang (a pool waits for clients that
were never given back).`,
  },

  check({ project, report }) {
    for (const open of openAtExit(project, isResource))
      report(reportOf(open, 'closes', lossOf(open.resource)));
  },

  fixes: (project, finding) => fixesFor(project, finding, isResource),
};

/** The other kinds have rules of their own. */
function isResource(kind: ResourceKind): boolean {
  return !['log', 'file', 'telemetry', 'errorTracking', 'vault'].includes(kind);
}

function lossOf({ row }: HeldResource): string {
  switch (row.kind) {
    case 'browser':
      return row.id === 'playwright' || row.id === 'puppeteer'
        ? 'it goes down at a moment that nobody chose, with the pages, downloads and profiles that are open in it'
        : 'the session goes on without the server until its own timeout ends it';
    case 'child process':
      return 'it is left without its parent and goes on running, or breaks off in the middle of its work';
    case 'worker':
      return 'it is killed in the middle of its work';
    case 'queue':
      return 'its connection is cut, and what it has taken must time out before others get it';
    case 'database':
      return row.keepsAlive
        ? 'its connections are cut instead of ended, with the statements that still run on them'
        : 'its file is left as after a crash';
    default:
      return 'its connection is cut instead of ended, with what is still under way on it';
  }
}
