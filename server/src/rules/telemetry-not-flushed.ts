import type { Rule } from '../engine/types.ts';
import { openAtExit, reportOf } from '../fixes/resources/openAtExit.ts';
import { fixesFor } from '../fixes/resources/releaseAtExit.ts';
import type { ResourceKind } from '../project/resources/row.ts';

export const telemetryNotFlushed: Rule = {
  id: 'telemetry-not-flushed',
  severity: 'warning',
  docs: {
    summary: 'Shutting down loses the spans, metrics, errors or events that were not sent yet.',
    what: `Reports a library that collects telemetry and sends it in batches (OpenTelemetry's SDK and its tracer, meter and logger
providers, Azure Monitor, Application Insights, Sentry, PostHog, Segment), where the SIGTERM handler awaits something and
then exits, but neither shuts the library down nor flushes it.

Where a function exists that would do so, the finding names it, and says if nothing calls it.

Not reported: libraries whose public API has no way to flush (dd-trace), and handlers that do something that cannot be
followed.`,
    why: `A batch is sent every few seconds (OpenTelemetry: 5 s for spans, 60 s for metrics). What was recorded since, the tool calls
that ran during the shutdown and the errors that may have caused it, is in memory only, and \`process.exit()\` drops it.
Exactly the seconds that somebody will look for are missing.`,
    fix: `*Release it before the exit* calls the function that is there for it, or the library's own release, as the last
step of the handler, in a \`try\` of its own and with a limit of 2 s where it can hang. It is offered where the
handler has one exit, in an async function or where a callback or a chain of promises ends, and what releases the
resource is a name of the module's top level (of another module: exported). What a module keeps to itself, or a class
of which a module makes one object, gets a function or a method that releases it. It changes what the process does
when it is stopped, so it is not applied by fix-all. Where it is not offered: shut it down last, so that the other
steps are still recorded, with a catch and a time limit. OpenTelemetry's \`shutdown()\` rejects after about 10 s when
the collector is away.`,
  },

  check({ project, report }) {
    for (const open of openAtExit(project, isTelemetry)) {
      report(
        reportOf(open, 'flushes', 'what it has collected since it last sent a batch is lost at the exit'),
      );
    }
  },

  fixes: (project, finding) => fixesFor(project, finding, isTelemetry),
};

function isTelemetry(kind: ResourceKind): boolean {
  return kind === 'telemetry' || kind === 'errorTracking';
}
