import type { Report, Rule } from '../engine/types.ts';
import { handlersOf, openAtExit, reportOf } from '../fixes/resources/openAtExit.ts';
import { fixesFor, flushAtExit } from '../fixes/resources/releaseAtExit.ts';
import type { Project } from '../project/project.ts';
import { type OwnBuffer, unflushedIn } from '../project/resources/buffers.ts';
import type { ResourceKind } from '../project/resources/row.ts';
import type { McpServer } from '../project/server.ts';
import { functionKey } from '../project/value.ts';

export const auditLogNotFlushed: Rule = {
  id: 'audit-log-not-flushed',
  severity: 'warning',
  docs: {
    summary: 'Shutting down loses the last lines of a log or file that is written through a buffer.',
    what: `Reports a log or file that is written through a buffer (a file, rotating or HTTP transport of winston, a bunyan logger
with a file, \`fs.createWriteStream\`) and kept, where the SIGTERM handler awaits something and then exits, but never ends
or flushes it. A winston transport counts as flushed where its logger is ended. The same for records that the server's own
code gathers in a list and hands on in a \`flush()\` of its own.

Where a function exists that would flush it, the finding names it, and says if nothing calls it.

Not reported: streams that one call opens and ends; pino, which writes out what it has buffered when the process exits;
and handlers that let the process end by itself instead of calling \`process.exit()\`, because Node then waits for files.`,
    why: `\`process.exit()\` does not wait for a stream. What was logged last, the record of the very tool calls that were in flight, is
the part that is still in memory: of 5,000 lines logged before an exit, a winston file transport had written one. An audit
log that ends before the shutdown begins cannot say what the server did in it.`,
    fix: `*Release it before the exit* calls the function that is there for it, or the library's own release, as the last
step of the handler, in a \`try\` of its own and with a limit of 2 s where it can hang. It is offered where the
handler has one exit, in an async function or where a callback or a chain of promises ends, and what releases the
resource is a name of the module's top level (of another module: exported). What a module keeps to itself, or a class
of which a module makes one object, gets a function or a method that releases it. It changes what the process does
when it is stopped, so it is not applied by fix-all. *Flush it before the exit* does the same with the program's own
list of records, as an early step. Nothing is offered for winston's HTTP transport, whose end does not wait for the
requests under way and can throw. Where nothing is offered: end the log after the calls in flight have finished, and
wait for it (\`logger.end(callback)\` for winston, \`stream.end(callback)\` for a stream).`,
  },

  check({ project, report }) {
    for (const open of openAtExit(project, isLog)) {
      report(
        reportOf(
          open,
          'flushes',
          'what it has buffered when the process exits is lost, the last calls first',
        ),
      );
    }
    for (const { buffer, server } of ownBuffers(project)) report(describe(buffer, server));
  },

  fixes(project, finding) {
    const own = ownBuffers(project).find(
      ({ buffer: { path, range } }) => path === finding.path && range.start === finding.range.start,
    );
    if (own) return flushAtExit(project, own.server, own.buffer, finding.ruleId);
    return fixesFor(project, finding, isLog);
  },
};

/** The lists of records that shutting down does not flush; each once, though several servers have it. */
function ownBuffers(project: Project): { buffer: OwnBuffer; server: McpServer }[] {
  const told = new Set<string>();
  return project.servers.flatMap((server) =>
    unflushedIn(server).flatMap((buffer) => {
      const key = functionKey(buffer);
      if (told.has(key)) return [];
      told.add(key);
      return [{ buffer, server }];
    }),
  );
}

function isLog(kind: ResourceKind): boolean {
  return kind === 'log' || kind === 'file';
}

function describe({ path, range, flush }: OwnBuffer, server: McpServer): Report {
  return {
    path,
    range,
    message: `No step of the shutdown on SIGTERM calls \`${flush}()\`: the records that it would write or send are lost at the exit, those of the last calls first. Call it once the calls in flight have finished.`,
    related: handlersOf(server),
  };
}
