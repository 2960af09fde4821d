import { type GraceBudget, graceBudgets, marginMs } from '../project/deployments/budgets.ts';
import type { GracePeriod } from '../project/deployments/deployment.ts';
import { inSeconds } from '../project/deployments/durations.ts';
import { type PlatformId, platforms } from '../project/deployments/platforms.ts';
import { drainTimeout, forcedExit } from '../project/drainTimeout.ts';
import { memoized } from '../project/memoize.ts';
import type { Project } from '../project/project.ts';
import type { McpServer } from '../project/server.ts';
import { heedsEnd } from '../project/shutdown/stdinEnd.ts';
import { barrierOf } from './barrier.ts';
import type { Plan } from './plan.ts';
import { type Reaction, reactionOf } from './reaction.ts';
import { type Part, segmentsOf } from './segments.ts';
import { drainSources } from './sources.ts';
import type { Source, Timeline, Verdict } from './timeline.ts';
import { verdictOf, waitsForCalls } from './verdict.ts';

/**
 * The timelines of a project: one for each server in each deployment that is known to run it; for any other server
 * that of `docker stop`, or of its client where it serves stdio alone.
 */
export const timelinesOf = memoized((project: Project): readonly Timeline[] => {
  const budgets = graceBudgets(project);
  return project.servers.flatMap((server) => {
    const own = budgets.filter((budget) => budget.server === server);
    return own.length > 0
      ? own.map((budget) => deployed(project, budget))
      : [server.isNetwork ? undeployed(project, server) : overStdio(project, server)];
  });
});

function deployed(project: Project, budget: GraceBudget): Timeline {
  const { deployment, period, signal } = budget;
  const { name, delay: delayName = 'preStop', countsPreStop } = platforms[deployment.platform];
  const { preStop: delay } = deployment;
  const before: Part[] = delay
    ? [{ kind: 'preStop', ms: delay.ms, sources: [{ text: delayName, at: delay.at }] }]
    : [];
  // A delay that is no part of the period puts SIGKILL off.
  const addedMs = delay && !countsPreStop ? delay.ms : 0;
  return timelineOf({
    ...budget,
    preStop: delay,
    period: { ms: period.ms === undefined ? undefined : period.ms + addedMs },
    stoppedBy: name,
    signalSource: signal.named
      ? { text: `sends ${signal.name}`, at: signal.named.at }
      : { text: `default of ${name}`, at: undefined },
    before,
    killSource: periodSource(period, deployment.platform),
    instead: barrierOf(project, deployment, signal.name),
    marginMs: marginMs(budget.drain, budget.bufferMs),
    drainSettingMs: project.shutdownOptions(budget.server.entry).drainTimeoutMs,
  });
}

function periodSource({ setAt }: GracePeriod, platform: PlatformId): Source {
  const { name, key } = platforms[platform];
  if (setAt) return { text: key ?? 'grace period', at: setAt };
  const isFixed = key === undefined && platform !== 'docker';
  return { text: `${isFixed ? 'fixed by' : 'default of'} ${name}`, at: undefined };
}

function undeployed(project: Project, server: McpServer): Timeline {
  const { name, defaultMs, signal } = platforms.docker;
  const source = { text: `default of ${name}`, at: undefined };
  return timelineOf({
    ...ownTimes(project, server, signal),
    stoppedBy: name,
    signalSource: source,
    before: [],
    period: { ms: defaultMs },
    killSource: source,
  });
}

/** How long the official SDK's client waits behind the end of stdin, and again behind SIGTERM, in ms. */
const clientPatienceMs = 2_000;

/** The end of stdin is the first word to stop; what a server does then is not followed. */
const stopsEarlier: Reaction = {
  segment: 'unknown',
  verdict: {
    kind: 'unknown',
    text: 'The server reacts to the end of stdin already; how long it takes then is not known.',
  },
};

function overStdio(project: Project, server: McpServer): Timeline {
  const source = { text: "default of the MCP SDK's stdio client", at: undefined };
  return timelineOf({
    ...ownTimes(project, server, 'SIGTERM'),
    stoppedBy: 'MCP client (stdio)',
    signalSource: source,
    before: [{ kind: 'stdin', ms: clientPatienceMs, sources: [source] }],
    period: { ms: 2 * clientPatienceMs },
    killSource: source,
    preStop: { ms: clientPatienceMs },
    instead: heedsEnd(server) ? stopsEarlier : undefined,
    // All that may be left here is less than other platforms leave for closing.
    marginMs: 0,
  });
}

/** What is known of a server that nothing deploys. */
function ownTimes(project: Project, server: McpServer, signal: string) {
  const { drainTimeoutMs, bufferMs } = project.shutdownOptions(server.entry);
  const drain = drainTimeout(server, signal, undefined, drainTimeoutMs);
  return {
    server,
    deployment: undefined,
    signal: { name: signal, named: undefined },
    preStop: undefined,
    instead: undefined,
    marginMs: marginMs(drain, bufferMs),
    drain: drain && { ...drain, setBy: undefined },
    forcedExit: forcedExit(server, signal, undefined, drainTimeoutMs),
    drainSettingMs: drainTimeoutMs,
  };
}

function timelineOf(plan: Plan): Timeline {
  const { server, deployment, stoppedBy, signal, period, drain } = plan;
  const signalAtMs = plan.before.reduce((sum, { ms }) => sum + ms, 0);
  const usual = reactionOf(server, signal.name, deployment);
  const reaction = plan.instead ?? (drain ? undefined : usual);
  const parts =
    reaction || !drain ? plan.before : [...plan.before, ...drainParts(drain, plan, usual.verdict)];
  const { segment = 'slack', sources = [] } = reaction ?? {};
  const segments = segmentsOf(parts, period.ms, { kind: segment, sources });
  return {
    server,
    deployment,
    stoppedBy,
    signal: { name: signal.name, atMs: signalAtMs, sources: [plan.signalSource] },
    kill: { atMs: period.ms, sources: [plan.killSource] },
    segments,
    verdict: reaction?.verdict ?? verdictOf(plan, segments, usual.verdict),
  };
}

function drainParts(drain: NonNullable<Plan['drain']>, plan: Plan, reaction: Verdict): Part[] {
  const { forcedExit } = plan;
  const kind = waitsForCalls(drain, reaction) ? 'drain' : 'shutdown';
  const first: Part = { kind, ms: drain.ms, sources: drainSources(drain, plan) };
  if (!forcedExit || forcedExit.ms <= drain.ms) return [first];
  const text = `forced exit ${inSeconds(forcedExit.ms)} after the signal`;
  const sources = [{ text, at: { path: forcedExit.path, range: forcedExit.range } }];
  return [first, { kind: 'cleanup', ms: forcedExit.ms - drain.ms, sources }];
}
