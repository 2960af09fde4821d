import { type ShellRun, shellRunOf } from '../../languages/dockerfile/shellRun.ts';
import { parseShellCommand } from '../../languages/shell/parse.ts';
import { startPathOf } from '../../languages/shell/startPath.ts';
import { runsArguments } from '../../project/containers.ts';
import { type OwnStart, ownStarts } from '../../project/deployments/ownStarts.ts';
import type { Project } from '../../project/project.ts';
import { applyEdits } from '../../text/edits.ts';
import type { Range } from '../../text/range.ts';
import { execEdits } from '../dockerfile/execEdits.ts';
import type { Rewrite } from '../dockerfile/rewrite.ts';
import { takesExec } from '../dockerfile/shells.ts';
import { reportOf, writtenRange } from './managerReports.ts';
import { intoDeployment } from './setCommand.ts';

/** A shell that a deployment's own command starts. */
export interface OwnShell {
  readonly own: OwnStart;
  readonly run: ShellRun;
  readonly path: string;
  readonly range: Range;
}

/** The starts through a shell that deployment files name, each place once; not those of package managers. */
export function ownShells(project: Project): OwnShell[] {
  const found = new Map<string, OwnShell>();
  for (const own of ownStarts(project)) {
    const { deployment, dockerfile, start, command } = own;
    if (reportOf(project, deployment, start)) continue;
    const runs = () => runsArguments(project, dockerfile, start.stage, start);
    const run = shellRunOf(dockerfile.facts, start.stage, runs);
    // What the image itself says is told in the Dockerfile.
    if (!run || run.command.range !== command.at.range) continue;
    const range = writtenRange(project, command);
    const { path } = command.at;
    const init = run.init ?? (deployment.image.hasInit ? 'the init' : undefined);
    found.set(`${path} ${range.start}`, { own, run: init ? { ...run, init } : run, path, range });
  }
  return [...found.values()];
}

/** The same command with `exec` in front of its program; `undefined` where no rewrite keeps signals and meaning. */
export function stepAside(project: Project, { own: { deployment }, run }: OwnShell): Rewrite | undefined {
  const script = parseShellCommand(run.text);
  const exec = takesExec(run.shell) ? execEdits(script, startPathOf(script)) : undefined;
  const words = run.command.argv ?? [];
  const at = words.lastIndexOf(run.text);
  if (!exec || at < 0) return undefined;
  const text = applyEdits(run.text, exec.edits);
  const argv = { words: words.with(at, text), hasShell: true, isSafe: exec.isSafe };
  const rewrite = intoDeployment(project, deployment)(run.command, argv);
  return 'problem' in rewrite ? undefined : rewrite;
}
