import type { RelatedLocation, Report, Rule, Severity } from '../engine/types.ts';
import { neededPeriod, periodFixes, sumOf } from '../fixes/deployments/periodFixes.ts';
import { type GraceBudget, graceBudgets, leftMs, marginMs } from '../project/deployments/budgets.ts';
import type { Place } from '../project/deployments/deployment.ts';
import { inSeconds } from '../project/deployments/durations.ts';
import { platforms } from '../project/deployments/platforms.ts';
import type { Project } from '../project/project.ts';

export const gracePeriodTooShort: Rule = {
  id: 'grace-period-too-short',
  severity: 'error',
  docs: {
    summary: 'The platform kills the server before it can have finished its tool calls.',
    what: `Reports a deployment (compose, Kubernetes, Fly.io, \`docker run\` and \`docker stop\` in scripts, ECS task definitions, Cloud Run,
Render, Railway, DigitalOcean, Azure Container Apps, Nomad jobs, Procfiles, systemd
services, PM2) whose grace period is shorter than what the linked server takes to shut
down, with the sum in the message:

- error where it is shorter than preStop + drain timeout
- warning where it is shorter than that + 5 s (or the setting \`shutdown.bufferMs\`): nothing is left for closing and flushing

It stands at the period, or where the deployment is named. In the editor it is told at the drain's number instead, while only
that file is open.

Where the file sets no period, the platform's default counts: 10 s with Docker and Compose, 30 s with Kubernetes, 5 s with
Fly.io and Nomad, 1.6 s with PM2. The drain timeout is read from the code that the server's handler of the stop signal reaches: a poll with a time
limit, a sleep, a race with a timer, or else the timer that forces the exit (for that one a margin of 2 s is enough). It may be a constant,
arithmetic, a parameter, a configuration object or an environment variable with a default; what the deployment or the
image sets for that variable counts, and where nothing does, the setting \`shutdown.drainTimeoutMs\`. Of close-with-grace, http-graceful-shutdown, terminus and lightship the options and
defaults are known.

Templates of a Helm chart count where they only put single values in; those come from the chart's values.yaml, as long as no
other file of values beside it sets them, too.

Of scripts (shell scripts, package.json, makefiles) containers count that are left running (\`docker run -d\`) or have a
period of their own (\`--stop-timeout\`, \`docker stop -t\`). A Dockerfile that no deployment file uses counts as \`docker stop\` with its default, one level less loud, if its server
listens on a port.

Not reported: servers without drain and without forced exit; a deployment whose image cannot be led back to a Dockerfile
and a server of the workspace; values that come from elsewhere (templates with conditions, loops or includes of structure, variables without a default, secrets);
development and test files.`,
    why: `When the grace period is over, SIGKILL ends the process: nothing can handle it. A server that waits 30 s for its calls
under a platform that kills after 10 s drops every call that takes longer than 10 s, and closes and flushes nothing.
Kubernetes counts preStop inside the period, too.`,
    fix: `Sets the period to preStop + drain + 5 s and says so in a comment; comments, anchors, quotes and order stay. Where the
platform has no longer period, it lowers the number in the server's code, or the variable that the deployment sets for it,
instead (offered, not applied on its own).`,
  },

  check({ project, report }) {
    for (const budget of shortBudgets(project)) report(reportOf(budget));
  },

  fixes(project, { path, range, ruleId }) {
    const budget = shortBudgets(project).find((each) => {
      const place = placeOf(each);
      return place.path === path && place.range.start === range.start;
    });
    return budget ? periodFixes(project, budget, ruleId) : [];
  },
};

/** The budgets that do not work out, one for each place: the one that needs most. */
function shortBudgets(project: Project): readonly GraceBudget[] {
  const byPlace = new Map<string, GraceBudget>();
  for (const budget of graceBudgets(project)) {
    if (!isShort(budget)) continue;
    const { path, range } = placeOf(budget);
    const key = `${path}#${range.start}`;
    const known = byPlace.get(key);
    if (!known || (known.neededMs ?? 0) < (budget.neededMs ?? 0)) byPlace.set(key, budget);
  }
  return [...byPlace.values()];
}

function isShort(budget: GraceBudget): boolean {
  const left = leftMs(budget);
  return left !== undefined && left < marginMs(budget.drain, budget.bufferMs);
}

function placeOf({ period, deployment }: GraceBudget): Place {
  return period.setAt ?? deployment.at;
}

function reportOf(budget: GraceBudget): Report {
  const { period, deployment, neededMs = 0, drain } = budget;
  const { name } = platforms[deployment.platform];
  const isCut = (leftMs(budget) ?? 0) < 0;
  const isGuess = deployment.platform === 'docker';
  const severity: Severity = isCut ? (isGuess ? 'warning' : 'error') : isGuess ? 'information' : 'warning';
  const sum = sumOf(budget);
  const end = drain?.kind === 'deadline' ? 'it has shut down' : 'its drain ends';
  const consequence = isCut
    ? `SIGKILL comes before ${end}, and drops every tool call that is still running`
    : 'nothing is left for closing and flushing before SIGKILL';
  const kills = `${name} kills after ${inSeconds(period.ms ?? 0)}${period.setAt ? '' : isFixed(budget) ? ' (fixed)' : ' (default)'}`;
  return {
    ...placeOf(budget),
    severity,
    message: `${sum.startsWith('preStop') ? sum : sum[0]?.toUpperCase() + sum.slice(1)} = ${inSeconds(neededMs)}, but ${kills}: ${consequence}. ${adviceFor(budget)}`,
    related: relatedOf(budget),
  };
}

/** The platform has no setting for it. */
function isFixed({ deployment: { platform } }: GraceBudget): boolean {
  return platforms[platform].key === undefined && platform !== 'docker';
}

function adviceFor(budget: GraceBudget): string {
  const { key, maxMs, maxSetBy } = platforms[budget.deployment.platform];
  const { seconds, text } = neededPeriod(budget);
  if (isFixed(budget)) return 'It cannot be longer there: shut down faster.';
  if (!key) return `Run it with --stop-timeout ${seconds}, or shut down faster.`;
  if (maxMs === undefined || seconds * 1_000 <= maxMs) return `Set ${key} to ${text}.`;
  const limit = `${inSeconds(maxMs)} at most${maxSetBy ? ` (${maxSetBy})` : ''}`;
  return `${key} can be ${limit}: shut down faster.`;
}

/** Who has only that file open is told as well. */
const isCause = true;

function relatedOf({ drain, preStop }: GraceBudget): RelatedLocation[] {
  const places: RelatedLocation[] = [];
  if (preStop)
    places.push({ ...preStop.at, message: `preStop takes ${inSeconds(preStop.ms)} of the period.` });
  if (!drain) return places;
  const does = drain.kind === 'deadline' ? 'forces its exit after' : 'waits for up to';
  if (drain.setBy) {
    places.push({
      ...drain.setBy.at,
      message: `${drain.variable} makes it ${inSeconds(drain.ms)}.`,
      isCause,
    });
    places.push({ path: drain.path, range: drain.range, message: 'The server takes that time from here.' });
  } else {
    places.push({
      path: drain.path,
      range: drain.range,
      message: `The server ${does} ${inSeconds(drain.ms)}.`,
      isCause,
    });
  }
  return places;
}
