import { reportOf } from '../fixes/deployments/managerReports.ts';
import { signalsGroup, splitInit } from '../languages/dockerfile/processTree.ts';
import { shellRunOf } from '../languages/dockerfile/shellRun.ts';
import { parseShellCommand } from '../languages/shell/parse.ts';
import { signalFate } from '../languages/shell/signals.ts';
import { startPathOf } from '../languages/shell/startPath.ts';
import type { ContainerStart } from '../project/containerStart.ts';
import { runsArguments, startIn } from '../project/containers.ts';
import type { Place } from '../project/deployments/deployment.ts';
import type { DockerfileInProject, LinkedDeployment, Project } from '../project/project.ts';
import type { Reaction } from './reaction.ts';
import type { Source } from './timeline.ts';

/** What happens where the start command keeps the signal from the server; `undefined` where it does not. */
export function barrierOf(
  project: Project,
  deployment: LinkedDeployment,
  signal: string,
): Reaction | undefined {
  const { dockerfile, image } = deployment;
  const start = startIn(project, deployment);
  if (!dockerfile || !start) return undefined;
  const manager = reportOf(project, deployment, start);
  if (manager) {
    const source = { text: 'start command', at: { path: manager.path, range: manager.range } };
    if (manager.fate === 'cut') return cut('The package manager that starts the server', source, 'unknown');
    if (manager.fate !== 'lost') return undefined;
    return manager.hangs
      ? kept(signal, 'the package manager that starts it', source)
      : cut('The package manager that starts the server', source, 'slack');
  }
  const shell = keepingScript(start) ?? keepingShell(project, dockerfile, start, deployment);
  if (!shell) return undefined;
  // A shell that is not the first process ends on the signal, and with it the container.
  return shell.ends || image.hasInit
    ? cut('The shell that starts the server', shell.source, 'slack')
    : kept(signal, 'the shell that starts it', shell.source);
}

interface Keeper {
  readonly source: Source;
  /** It ends when the signal comes, rather than to keep it. */
  readonly ends: boolean;
}

/** A script of the image that stays between the container and the server. */
function keepingScript({ scripts, command }: ContainerStart): Keeper | undefined {
  const words = command.words ?? [];
  const step = scripts.find(({ start }) => start?.fate === 'lost');
  const [program] = step?.start?.path.programs ?? [];
  if (!step || !program || (step.start?.fault === 'deferred' && signalsGroup(words))) return undefined;
  const at = { path: step.file.path, range: { start: program.start, end: program.end } };
  const ends = splitInit(words).init !== undefined || step.start?.fault === 'not-awaited';
  return { source: { text: 'start script', at }, ends };
}

/** Shell form, or an array that calls a shell. */
function keepingShell(
  project: Project,
  dockerfile: DockerfileInProject,
  start: ContainerStart,
  { image }: LinkedDeployment,
): Keeper | undefined {
  const { facts, file } = dockerfile;
  const run = shellRunOf(facts, start.stage, () => runsArguments(project, dockerfile, start.stage, start));
  if (!run || run.behavior === 'none' || run.behavior === 'windows') return undefined;
  if (signalFate(startPathOf(parseShellCommand(run.text)), run.behavior) !== 'lost') return undefined;
  const { range, instruction } = run.command;
  const own = [image.entrypoint, image.command].find((each) => each?.at.range === range);
  const at: Place = own?.at ?? { path: file.path, range };
  return { source: { text: own ? 'start command' : instruction, at }, ends: run.init !== undefined };
}

function kept(signal: string, keeper: string, source: Source): Reaction {
  const text = `${signal} does not reach the server: ${keeper} keeps it, and SIGKILL ends both.`;
  return { segment: 'hang', sources: [source], verdict: { kind: 'hangs', text } };
}

function cut(keeper: string, source: Source, segment: Reaction['segment']): Reaction {
  const text = `${keeper} ends before it, and the container with both: calls are dropped.`;
  return { segment, sources: [source], verdict: { kind: 'no-drain', text } };
}
