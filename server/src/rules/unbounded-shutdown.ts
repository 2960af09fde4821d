import type { RelatedLocation, Rule } from '../engine/types.ts';
import { insertHandler } from '../fixes/handler/insertHandler.ts';
import { armDeadline, type Endless } from '../fixes/shutdown/deadline.ts';
import type { Expr } from '../languages/source/facts.ts';
import type { McpServer } from '../project/server.ts';
import { type AssessedPath, assessed } from '../project/shutdown/assess.ts';
import {
  type AlwaysForced,
  alwaysForced,
  closedBehindListener,
  unlimited,
  whyItHangs,
} from '../project/shutdown/limits.ts';
import { headOf, place, registration } from '../project/shutdown/places.ts';
import type { Step } from '../project/shutdown/steps.ts';

export const unboundedShutdown: Rule = {
  id: 'unbounded-shutdown',
  severity: 'warning',
  docs: {
    summary: 'The SIGTERM handler waits for something that may never come, and nothing forces the exit.',
    what: `Reports a step of the shutdown that may take for ever: closing the HTTP listener (it is over when the last connection
is: an open event stream, a request in flight or a socket that was never used holds it), waiting for calls or sessions
without a limit, or releasing a resource that can hang (\`pool.end()\` of \`pg\` while a client is checked out), where no timer
that exits is armed, no race with a timer limits it, and connections are not ended.

A handler that does have such a timer is reported when that is its normal way out: the listener is waited for before the
sessions are closed, so that every stop with a client connected takes the whole time.`,
    why: `The platform kills what is still running when its grace period is over (10 s for Docker, 30 s for Kubernetes). Then
nothing that stands behind the hanging step happens: no flush, no release, and an exit code that says nothing. One client
with an open stream is enough, and MCP clients keep one open.`,
    fix: `*Force the exit after ... s* arms \`setTimeout(() => process.exit(1), ...)\` in front of the first step that waits without a
limit, in the handler of SIGINT, too, where it comes there: 3 s where the calls were waited for before it, else the time that the deployment leaves for the calls and 3 s more (8 s
where nothing is known, since \`docker stop\` waits 10 s). It is not safe: how long closing may take is for a person to say. Where a timer
is there and is the normal way out, or would be, because the sessions are closed only behind the listener, *Insert a
graceful shutdown handler* replaces the handler, as for \`immediate-exit\`, if its parts are of a known shape.`,
  },

  check({ project, report }) {
    const told = new Set<Expr>();
    for (const one of assessed(project.servers)) {
      const { path } = one;
      const found = culprit(one);
      if (!found || told.has(found.step.spot.expr)) continue;
      const { step: at, forced, others } = found;
      told.add(at.spot.expr);
      report({
        path: at.spot.path,
        range: headOf(at.spot),
        message: forced
          ? `On SIGTERM this waits for every connection to end, and the sessions are closed only after it: with a client connected every stop takes the whole ${seconds(forced.deadline.timer.delayMs)} until the timer forces the exit. Close the sessions first.`
          : `On SIGTERM the server waits here without a limit: ${whyItHangs(at, path.view)}, and nothing forces the exit, so that the platform kills it in the middle. Arm a timer that exits before this.`,
        related: [
          registration(one),
          ...others.slice(0, 4).map((step) => place(step.spot, 'This has no limit either.')),
          ...(forced ? forcedPlaces(forced) : []),
        ],
      });
    }
  },

  fixes(project, finding) {
    const all = assessed(project.servers).flatMap((one) => {
      const found = culprit(one);
      const spot = found?.step.spot;
      const isMeant = spot?.path === finding.path && spot.expr.start === finding.range.start;
      return found && isMeant ? [{ one, ...found }] : [];
    });
    const [first] = all;
    // A timer alone would be the normal way out.
    return first && (first.forced || closedBehindListener(first.one.path.view, first.one.server))
      ? insertHandler(project, first.one.server, finding.ruleId)
      : armDeadline(project, all, onCtrlC(project.servers, all), finding.ruleId);
  },
};

/** The handlers of SIGINT that come to the same step. */
function onCtrlC(servers: readonly McpServer[], all: readonly Endless[]): Endless[] {
  const meant = new Set(all.map(({ step }) => step.spot.expr));
  return servers.flatMap((server) =>
    server.shutdown.on('SIGINT').flatMap((path) => {
      const step = unlimited(path.view).find(({ spot }) => meant.has(spot.expr));
      return step ? [{ one: { path, server }, step }] : [];
    }),
  );
}

interface Culprit {
  readonly step: Step;
  readonly others: readonly Step[];
  readonly forced: AlwaysForced | undefined;
}

/** The step that may hang, or that always runs into the timer. */
function culprit({ judgement, path, server }: AssessedPath): Culprit | undefined {
  if (!isAskedFor(judgement)) return undefined;
  const [first, ...others] = unlimited(path.view);
  const forced = first ? undefined : alwaysForced(path.view, server);
  const step = first ?? forced?.listener.step;
  return step && { step, others, forced };
}

/** Whether the earlier rules have nothing to say of the path, or what they say leaves this question open. */
function isAskedFor({ kind }: AssessedPath['judgement']): boolean {
  return kind === 'drains' || kind === 'drains too late' || kind === 'drops calls';
}

function forcedPlaces({ deadline, sessions }: AlwaysForced): RelatedLocation[] {
  return [
    place(deadline.timer.spot, 'The timer that forces the exit.'),
    place(sessions.step.spot, 'The sessions are closed here.'),
  ];
}

function seconds(ms: number | undefined): string {
  return ms === undefined ? 'time' : `${ms / 1000} s`;
}
