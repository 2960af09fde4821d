import { imageShellOf } from '../../languages/dockerfile/imageShell.ts';
import { type DrainTimeout, drainTimeout, type Environment, forcedExit } from '../drainTimeout.ts';
import { memoized } from '../memoize.ts';
import type { DockerfileInProject, LinkedDeployment, Project } from '../project.ts';
import type { McpServer } from '../server.ts';
import type { Delay, GracePeriod, NamedSignal, Variable } from './deployment.ts';
import { platforms } from './platforms.ts';

/** What is left for closing and flushing behind the drain where nobody says another time, in ms. */
export const defaultBufferMs = 5_000;

/** How the time between a platform's decision to stop a server and SIGKILL is used. All times in ms. */
export interface GraceBudget {
  readonly deployment: LinkedDeployment;
  readonly server: McpServer;
  /** From the signal (with preStop: from its beginning) to SIGKILL. */
  readonly period: GracePeriod;
  /** Taken off the period before the signal comes. */
  readonly preStop: Delay | undefined;
  /** What the server's code takes; `undefined` where it neither waits nor forces an exit, or that is not known. */
  readonly drain: (DrainTimeout & { readonly setBy: Variable | undefined }) | undefined;
  /** What limits the closing and flushing behind the drain, counted from the signal, where the code has such a limit. */
  readonly forcedExit: DrainTimeout | undefined;
  readonly bufferMs: number;
  /** preStop + drain + buffer; `undefined` without a drain. */
  readonly neededMs: number | undefined;
  readonly signal: StopSignal;
}

/** The signal that stops a server. */
export interface StopSignal {
  readonly name: string;
  /** Where it is named; none: it is the platform's default. */
  readonly named: NamedSignal | undefined;
}

/** Enough for a forced exit, in ms: nothing but the signal's way has to fit in. */
const deadlineMarginMs = 2_000;

/** What is left of the period behind preStop and drain, in ms; negative where they do not fit. */
export function leftMs({ period, preStop, drain }: Spans): number | undefined {
  return drain && period.ms !== undefined ? period.ms - (preStop?.ms ?? 0) - drain.ms : undefined;
}

/** The times of a budget alone. */
export interface Spans {
  readonly period: { readonly ms: number | undefined };
  readonly preStop: { readonly ms: number } | undefined;
  readonly drain: { readonly ms: number } | undefined;
}

/** What should be left then, in ms. */
export function marginMs(
  drain: Pick<DrainTimeout, 'kind'> | undefined,
  bufferMs: number = defaultBufferMs,
): number {
  return drain?.kind === 'deadline' ? Math.min(deadlineMarginMs, bufferMs) : bufferMs;
}

/** The budgets of every deployment and each server that it is known to run. */
export const graceBudgets = memoized((project: Project): readonly GraceBudget[] =>
  project.deployments.flatMap((deployment) =>
    deployment.servers.map((server) => budgetOf(project, deployment, server)),
  ),
);

function budgetOf(project: Project, deployment: LinkedDeployment, server: McpServer): GraceBudget {
  const { platform } = deployment;
  const period = periodOf(deployment);
  const signal = stopSignalOf(deployment);
  const preStop = platforms[platform].countsPreStop ? deployment.preStop : undefined;
  const environment = environmentOf(deployment);
  const { drainTimeoutMs, bufferMs = defaultBufferMs } = project.shutdownOptions(server.entry);
  const drain = drainTimeout(server, signal.name, environment, drainTimeoutMs);
  const setBy = drain?.variable === undefined ? undefined : deployment.environment.get(drain.variable);
  return {
    deployment,
    server,
    period,
    preStop,
    drain: drain && { ...drain, setBy },
    forcedExit: forcedExit(server, signal.name, environment, drainTimeoutMs),
    bufferMs,
    neededMs: drain && (preStop?.ms ?? 0) + drain.ms + bufferMs,
    signal,
  };
}

/** A deployment's period; where nothing sets one, that of the system which the image is for. */
function periodOf({ period, platform, dockerfile, stage }: LinkedDeployment): GracePeriod {
  const { windowsMs } = platforms[platform];
  if (period.setAt || windowsMs === undefined || !dockerfile || !stage) return period;
  return imageShellOf(dockerfile.facts, stage).kind === 'windows' ? { ...period, ms: windowsMs } : period;
}

/** The signal that a deployment stops its servers with: its own, the image's, the platform's. */
export function stopSignalOf({ platform, stopSignal, stage, dockerfile }: LinkedDeployment): StopSignal {
  if (stopSignal) return { name: signalName(stopSignal.name), named: stopSignal };
  const { honorsImage, signal } = platforms[platform];
  const named = honorsImage && dockerfile ? imageSignal(dockerfile, stage) : undefined;
  return { name: named ? signalName(named.name) : signal, named };
}

function imageSignal(
  { file }: DockerfileInProject,
  stage: LinkedDeployment['stage'],
): NamedSignal | undefined {
  const found = stage?.stopSignal;
  return found && { name: found.value, at: { path: file.path, range: found.range } };
}

const numbers: ReadonlyMap<string, string> = new Map([
  ['1', 'SIGHUP'],
  ['2', 'SIGINT'],
  ['3', 'SIGQUIT'],
  ['9', 'SIGKILL'],
  ['10', 'SIGUSR1'],
  ['12', 'SIGUSR2'],
  ['15', 'SIGTERM'],
]);

/** A signal by its full name: `term` and `15` are SIGTERM. */
export function signalName(text: string): string {
  const name = text.trim().toUpperCase();
  return numbers.get(name) ?? (name.startsWith('SIG') ? name : `SIG${name}`);
}

/** What a deployment sets counts, then what its image sets. */
function environmentOf({ environment, stage }: LinkedDeployment): Environment {
  return (name) => {
    const own = environment.get(name);
    if (own) return own;
    return stage?.env.has(name) ? { value: stage.env.get(name) } : undefined;
  };
}

/** A drain that a new handler waits at most where no deployment says how long it may, in ms: Docker kills after 10 s. */
const defaultMs = 5_000;
/** Less is no drain. */
const leastMs = 1_000;

/**
 * How long a server's handler may wait for calls, in ms: what the shortest grace period of its deployments leaves
 * after preStop and buffer, and no more than people say.
 */
export function defaultDrainMs(project: Project, server: McpServer): number {
  const { drainTimeoutMs } = project.shutdownOptions(server.entry);
  const left = graceBudgets(project).flatMap((budget) => {
    if (budget.server !== server || budget.period.ms === undefined) return [];
    return [budget.period.ms - (budget.preStop?.ms ?? 0) - budget.bufferMs];
  });
  if (left.length === 0) return drainTimeoutMs ?? defaultMs;
  return Math.max(leastMs, Math.min(...left, drainTimeoutMs ?? Number.POSITIVE_INFINITY));
}
