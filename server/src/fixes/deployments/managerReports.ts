import type { ManagerCall } from '../../languages/shell/calls.ts';
import type { ContainerStart } from '../../project/containerStart.ts';
import { stopSignalOf } from '../../project/deployments/budgets.ts';
import type { CommandWords } from '../../project/deployments/deployment.ts';
import { type OwnStart, ownStarts } from '../../project/deployments/ownStarts.ts';
import { memoized } from '../../project/memoize.ts';
import type { DockerfileInProject, LinkedDeployment, Project } from '../../project/project.ts';
import type { Range } from '../../text/range.ts';
import { type ManagerReport, managerReport, managerReports } from '../dockerfile/manager/report.ts';
import { type ManagerStart, managerStartOf } from '../dockerfile/manager/start.ts';
import { intoDeployment } from './setCommand.ts';

/** The managers in front of servers, in Dockerfiles, scripts and deployment files, each place once. */
export const allManagerReports = memoized((project: Project): readonly ManagerReport[] => {
  const found = new Map<string, ManagerReport>();
  const deployed = ownStarts(project).flatMap((own) => ownReport(project, own) ?? []);
  for (const report of [...managerReports(project), ...deployed]) {
    const key = `${report.path} ${report.range.start}`;
    const before = found.get(key);
    // Services that share a command (an anchor) may run images in which it comes to something else.
    const isShared = before?.rewrite !== undefined && before.rewrite.result !== report.rewrite?.result;
    if (!before || isShared) found.set(key, isShared ? { ...before, rewrite: undefined } : report);
  }
  return [...found.values()];
});

/** The manager that a deployment's own command starts. */
function ownReport(project: Project, { deployment, dockerfile, start }: OwnStart): ManagerReport | undefined {
  const manager = managerOf(project, dockerfile, start);
  if (!manager || isForDevelopment(manager.call) || !isOwn(deployment, manager)) return undefined;
  return reportOf(project, deployment, start);
}

/**
 * The manager that a deployment starts its server through, told where its command stands: in the deployment's file, or
 * in the image's Dockerfile.
 */
export function reportOf(
  project: Project,
  deployment: LinkedDeployment,
  start: ContainerStart,
): ManagerReport | undefined {
  const { dockerfile, image } = deployment;
  const command = image.entrypoint ?? image.command;
  const manager = dockerfile && managerOf(project, dockerfile, start);
  if (!dockerfile || !manager) return undefined;
  if (!command || !isOwn(deployment, manager)) return managerReport(project, dockerfile, start);
  return managerReport(project, dockerfile, start, {
    path: command.at.path,
    range: writtenRange(project, command),
    write: intoDeployment(project, deployment),
    signal: stopSignalOf(deployment).name,
  });
}

function managerOf(project: Project, { file, facts }: DockerfileInProject, start: ContainerStart) {
  return managerStartOf({ path: file.path, facts, files: project.files, roots: project.roots }, start);
}

/** What the image itself says is told in the Dockerfile. */
function isOwn({ image }: LinkedDeployment, { site }: ManagerStart): boolean {
  const own = (image.entrypoint ?? image.command)?.at.range;
  const named = site.kind === 'script' ? undefined : site.kind === 'text' ? site.run.command : site.command;
  return own !== undefined && (!named || named.range === own);
}

/** `npm run dev`: nobody stops it while it serves calls. */
function isForDevelopment({ script = '' }: ManagerCall): boolean {
  return /(^|:)(dev|develop|development|watch)(:|$)/.test(script);
}

/** A list of lines ends with its last word; as a value of the file it ends with the line behind. */
export function writtenRange({ files }: Project, { at, wordRanges }: CommandWords): Range {
  const last = wordRanges?.at(-1);
  const isFlow = files.get(at.path)?.text[at.range.start] === '[';
  return last && !isFlow ? { start: at.range.start, end: last.end } : at.range;
}
