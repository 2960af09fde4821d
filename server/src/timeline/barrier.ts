import { managerReport } from '../fixes/dockerfile/manager/report.ts';
import { shellRunOf } from '../languages/dockerfile/shellRun.ts';
import { parseShellCommand } from '../languages/shell/parse.ts';
import { signalFate } from '../languages/shell/signals.ts';
import { startPathOf } from '../languages/shell/startPath.ts';
import { runsArguments, startsOf } from '../project/containers.ts';
import type { LinkedDeployment, Project } from '../project/project.ts';
import type { Reaction } from './reaction.ts';

/** What happens where the image's start command keeps the signal from the server; `undefined` where it does not. */
export function barrierOf(
  project: Project,
  { dockerfile, stage, image }: LinkedDeployment,
  signal: string,
): Reaction | undefined {
  if (!dockerfile || !stage || image.entrypoint || image.command) return undefined;
  const start = startsOf(project, dockerfile).find((each) => each.stage === stage);
  const manager = start && managerReport(project, dockerfile, start);
  if (manager) {
    const sources = [{ text: 'start command', at: { path: manager.path, range: manager.range } }];
    if (manager.fate === 'lost') return kept(signal, 'the package manager that starts it', sources);
    if (manager.fate !== 'cut') return undefined;
    const text =
      'The package manager that starts the server ends before it, and the container with both: calls are dropped.';
    return { segment: 'unknown', sources, verdict: { kind: 'no-drain', text } };
  }
  const run = shellRunOf(dockerfile.facts, stage, () => runsArguments(project, dockerfile, stage));
  if (!run || run.init || run.behavior === 'none' || run.behavior === 'windows') return undefined;
  if (signalFate(startPathOf(parseShellCommand(run.text)), run.behavior) !== 'lost') return undefined;
  const at = { path: dockerfile.file.path, range: run.command.range };
  return kept(signal, 'the shell that starts it', [{ text: run.command.instruction, at }]);
}

function kept(signal: string, keeper: string, sources: Reaction['sources']): Reaction {
  const text = `${signal} does not reach the server: ${keeper} keeps it, and SIGKILL ends both.`;
  return { segment: 'hang', sources, verdict: { kind: 'hangs', text } };
}
