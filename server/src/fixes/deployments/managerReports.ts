import type { ManagerCall } from '../../languages/shell/calls.ts';
import { stopSignalOf } from '../../project/deployments/budgets.ts';
import type { CommandWords } from '../../project/deployments/deployment.ts';
import type { PlatformId } from '../../project/deployments/platforms.ts';
import type { LinkedDeployment, Project } from '../../project/project.ts';
import type { Range } from '../../text/range.ts';
import { type ManagerReport, managerReport, managerReports } from '../dockerfile/manager/report.ts';
import { managerStartOf } from '../dockerfile/manager/start.ts';
import { intoDeployment } from './setCommand.ts';

/** Platforms whose files hold the container's command. */
const platforms: ReadonlySet<PlatformId> = new Set(['compose', 'kubernetes', 'fly']);

const ofProject = new WeakMap<Project, readonly ManagerReport[]>();

/** The managers in front of servers, in Dockerfiles, scripts and deployment files, each place once. */
export function allManagerReports(project: Project): readonly ManagerReport[] {
  const known = ofProject.get(project) ?? findReports(project);
  ofProject.set(project, known);
  return known;
}

function findReports(project: Project): ManagerReport[] {
  const found = new Map<string, ManagerReport>();
  const deployed = project.deployments.flatMap((deployment) => deployedReport(project, deployment) ?? []);
  for (const report of [...managerReports(project), ...deployed]) {
    const key = `${report.path} ${report.range.start}`;
    const before = found.get(key);
    // Services that share a command (an anchor) may run images in which it comes to something else.
    const isShared = before?.rewrite !== undefined && before.rewrite.result !== report.rewrite?.result;
    if (!before || isShared) found.set(key, isShared ? { ...before, rewrite: undefined } : report);
  }
  return [...found.values()];
}

/** The manager that a deployment's own command starts, where a server of the workspace is known to run behind it. */
function deployedReport(project: Project, deployment: LinkedDeployment): ManagerReport | undefined {
  const { platform, start, dockerfile, servers, image } = deployment;
  const command = image.entrypoint ?? image.command;
  if (!platforms.has(platform) || !command || !start || !dockerfile || servers.length === 0) return undefined;
  const { file, facts } = dockerfile;
  const source = { path: file.path, facts, files: project.files, roots: project.roots };
  const manager = managerStartOf(source, start);
  if (!manager || isForDevelopment(manager.call)) return undefined;
  // What the image itself says is told in the Dockerfile.
  const { site } = manager;
  const named = site.kind === 'script' ? undefined : site.kind === 'text' ? site.run.command : site.command;
  if (named && named.range !== command.at.range) return undefined;
  return managerReport(project, dockerfile, start, {
    path: command.at.path,
    range: writtenRange(project, command),
    write: intoDeployment(project, deployment),
    signal: stopSignalOf(deployment).name,
  });
}

/** `npm run dev`: nobody stops it while it serves calls. */
function isForDevelopment({ script = '' }: ManagerCall): boolean {
  return /(^|:)(dev|develop|development|watch)(:|$)/.test(script);
}

/** A list of lines ends with its last word; as a value of the file it ends with the line behind. */
function writtenRange({ files }: Project, { at, wordRanges }: CommandWords): Range {
  const last = wordRanges?.at(-1);
  const isFlow = files.get(at.path)?.text[at.range.start] === '[';
  return last && !isFlow ? { start: at.range.start, end: last.end } : at.range;
}
