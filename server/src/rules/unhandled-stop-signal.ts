import type { Fix, Report, Rule } from '../engine/types.ts';
import { setStopSignal } from '../fixes/deployments/setStopSignal.ts';
import { insertHandler } from '../fixes/handler/insertHandler.ts';
import type { GraceBudget } from '../project/deployments/budgets.ts';
import type { Place } from '../project/deployments/deployment.ts';
import { platforms } from '../project/deployments/platforms.ts';
import { isFirstProcess, unhandledStopSignals } from '../project/deployments/unhandledSignals.ts';
import type { Project } from '../project/project.ts';
import { mayHear } from '../project/server.ts';

export const unhandledStopSignal: Rule = {
  id: 'unhandled-stop-signal',
  severity: 'error',
  docs: {
    summary: 'The server is stopped with a signal that it does not listen to.',
    what: `Reports a deployment that stops its server with another signal than SIGTERM, where nothing in the linked server listens to
that signal: \`stop_signal\` in a compose file, \`kill_signal\` in fly.toml and Nomad jobs, \`stopSignal\` in a Kubernetes manifest,
STOPSIGNAL in the image's Dockerfile (where the platform honours it), and SIGINT where that is the default (Fly.io, PM2, and Nomad's
tasks without a container).

Not reported: SIGTERM, which is the business of \`missing-sigterm-handler\`; signals that cannot be handled at all
(\`uncatchable-stop-signal\`); servers whose listeners cannot be followed, and deployments that cannot be led to a server of
the workspace. Where every deployment of a server is reported here, \`missing-sigterm-handler\` is silent about it.`,
    why: `Whatever the server does on SIGTERM, it never runs: the other signal ends the process at once, with every tool call in
flight, or is ignored until SIGKILL comes where Node is the container's first process.`,
    fix: `Where the server listens to SIGTERM: stops it with SIGTERM instead. That is safe. Where it listens to nothing and is stopped
with SIGINT: inserts a shutdown handler for both.`,
  },

  check({ project, report }) {
    for (const budget of toldOnce(project)) report(reportOf(budget));
  },

  async fixes(project, { path, range, ruleId }) {
    const budget = toldOnce(project).find((each) => {
      const place = placeOf(each);
      return place.path === path && place.range.start === range.start;
    });
    return budget ? fixesOf(project, budget, ruleId) : [];
  },
};

/** One finding for each place that names a signal. */
function toldOnce(project: Project): GraceBudget[] {
  const byPlace = new Map<string, GraceBudget>();
  for (const budget of unhandledStopSignals(project)) {
    const { path, range } = placeOf(budget);
    const key = `${path}#${range.start}`;
    if (!byPlace.has(key)) byPlace.set(key, budget);
  }
  return [...byPlace.values()];
}

function placeOf({ signal, deployment }: GraceBudget): Place {
  return signal.named?.at ?? deployment.at;
}

function reportOf(budget: GraceBudget): Report {
  const { signal, server, deployment } = budget;
  const { name } = platforms[deployment.platform];
  const listener = server.listeners.find(({ signals }) => signals.includes('SIGTERM'));
  const isDefault = signal.named === undefined;
  const consequence = isFirstProcess(server, deployment)
    ? 'as the first process of its container it ignores the signal until SIGKILL ends it, and every tool call in flight is dropped'
    : 'the signal ends it at once and drops every tool call in flight';
  const advice = listener
    ? `It listens to SIGTERM: ${keyOf(budget) ? `set ${keyOf(budget)} to SIGTERM` : 'stop it with SIGTERM'}.`
    : `Listen to ${signal.name} and SIGTERM.`;
  return {
    ...placeOf(budget),
    message: `${isDefault ? `${name} stops the server with ${signal.name} (default)` : `The server is stopped with ${signal.name}`}, and nothing in it listens to that: ${consequence}. ${advice}`,
    related: [
      listener
        ? { path: listener.path, range: listener.range, message: 'This handler runs on SIGTERM.' }
        : { path: server.entry, range: { start: 0, end: 0 }, message: 'The server starts here.' },
    ],
  };
}

function keyOf({ signal, deployment }: GraceBudget): string | undefined {
  const isInDockerfile = signal.named && signal.named.at.path === deployment.dockerfile?.file.path;
  return isInDockerfile ? 'STOPSIGNAL' : platforms[deployment.platform].signalKey;
}

async function fixesOf(project: Project, budget: GraceBudget, ruleId: string): Promise<Fix[]> {
  if (mayHear(budget.server, 'SIGTERM')) return setStopSignal(project, budget, ruleId);
  return budget.signal.name === 'SIGINT' ? insertHandler(project, budget.server, ruleId) : [];
}
