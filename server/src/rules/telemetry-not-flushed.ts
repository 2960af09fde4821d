import type { Rule } from '../engine/types.ts';
import { openAtExit, reportOf } from '../fixes/resources/openAtExit.ts';

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
    fix: `No fix is offered yet. Shut it down last, so that the other steps are still recorded, with a catch and a time limit:
OpenTelemetry's \`shutdown()\` rejects after about 10 s when the collector is away.`,
  },

  check({ project, report }) {
    for (const open of openAtExit(project, (kind) => kind === 'telemetry' || kind === 'errorTracking')) {
      report(
        reportOf(open, 'flushes', 'what it has collected since it last sent a batch is lost at the exit'),
      );
    }
  },
};
