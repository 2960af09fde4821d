import type { RelatedLocation } from '../../../engine/types.ts';
import { isDevelopmentFile } from '../../../languages/dockerfile/fileRole.ts';
import { imageShellOf } from '../../../languages/dockerfile/imageShell.ts';
import type { ManagerFate } from '../../../languages/managerSignals.ts';
import type { ContainerStart } from '../../../project/containerStart.ts';
import { startsOf } from '../../../project/containers.ts';
import { memoized } from '../../../project/memoize.ts';
import { packageOfCall } from '../../../project/packageScripts.ts';
import type { DockerfileInProject, Project } from '../../../project/project.ts';
import { basename } from '../../../text/paths.ts';
import type { Range } from '../../../text/range.ts';
import type { Rewrite } from '../rewrite.ts';
import { diagnoseManager, versionOf } from './diagnose.ts';
import type { CallPlace, Unresolved } from './resolve.ts';
import { intoDockerfile, rewriteManager, type WriteCommand } from './rewrite.ts';
import { type ManagerStart, managerStartOf } from './start.ts';

/** A container whose manager does not pass the signal on as it should. */
export interface ManagerReport {
  readonly path: string;
  readonly range: Range;
  readonly fate: ManagerFate;
  /** The container lives on until SIGKILL; else it ends at once, and the server with it. */
  readonly hangs: boolean;
  readonly message: string;
  readonly related: readonly RelatedLocation[];
  readonly rewrite: Rewrite | undefined;
}

const ofStart = new WeakMap<ContainerStart, ManagerReport | 'none'>();

/** All of them, each call once. */
export const managerReports = memoized((project: Project): readonly ManagerReport[] => {
  const found = new Map<string, ManagerReport>();
  for (const dockerfile of project.dockerfiles) {
    if (isDevelopmentFile(dockerfile.file.path, project.roots)) continue;
    for (const start of startsOf(project, dockerfile)) {
      const report = managerReport(project, dockerfile, start);
      if (report) found.set(`${report.path} ${report.range.start}`, report);
    }
  }
  return [...found.values()];
});

/** Where the command that starts a manager stands, when a deployment has one of its own, and what stops it. */
export interface CommandElsewhere {
  readonly path: string;
  readonly range: Range;
  readonly write: WriteCommand;
  readonly signal: string;
}

/** What is to be said of one start; `undefined` where no manager runs, or it passes the signal on. */
export function managerReport(
  project: Project,
  dockerfile: DockerfileInProject,
  start: ContainerStart,
  elsewhere?: CommandElsewhere,
): ManagerReport | undefined {
  const known = ofStart.get(start) ?? reportOf(project, dockerfile, start, elsewhere) ?? 'none';
  ofStart.set(start, known);
  return known === 'none' ? undefined : known;
}

function reportOf(
  project: Project,
  { file, facts }: DockerfileInProject,
  start: ContainerStart,
  elsewhere: CommandElsewhere | undefined,
): ManagerReport | undefined {
  const source = { path: file.path, facts, files: project.files, roots: project.roots };
  const manager = managerStartOf(source, start);
  // Windows knows no SIGTERM, and other shells.
  const isWindows = imageShellOf(facts, start.stage).kind === 'windows';
  if (!manager || manager.call.setsTimeout || isWindows || isForDevelopment(file.path, start, manager)) {
    return undefined;
  }
  const place: CallPlace = { source, stage: start.stage, folder: start.folder };
  const { fate, says, hangs } = diagnoseManager(manager, start, place, elsewhere?.signal ?? 'SIGTERM');
  if (fate === 'reaches') return undefined;
  const command = elsewhere ?? { path: file.path, range: commandOf(manager, start) };
  const at = placeOf(manager, command);
  const write = elsewhere?.write ?? intoDockerfile(file.text);
  const rewrite = rewritten(project, write, manager, place, start);
  const advice =
    'problem' in rewrite
      ? `Start the server's own command instead; what it is cannot be told here, since ${rewrite.problem}.`
      : `Start the server itself: ${rewrite.result}.`;
  return {
    path: at.path,
    range: at.range,
    fate,
    hangs,
    message: `${says} ${advice}`,
    related: related(command, manager, place),
    rewrite: 'problem' in rewrite ? undefined : rewrite,
  };
}

/** `npm run dev` in Dockerfile.dev or a stage of that name, and tests: nobody stops it while it serves calls. */
function isForDevelopment(path: string, { stage }: ContainerStart, { call }: ManagerStart): boolean {
  if (/(^|[:._-])(tests?|e2e)([:._-]|$)/i.test(call.script ?? '')) return true;
  const names = [basename(path), stage.name ?? ''];
  const isNamed = names.some((name) => /(^|[._-])(dev|development|local)([._-]|$)/i.test(name));
  return isNamed && /^(dev|develop|watch)\b/.test(call.script ?? '');
}

type Site = Pick<ManagerReport, 'path' | 'range'>;

function commandOf({ site }: ManagerStart, { command }: ContainerStart): Range {
  if (site.kind === 'script') return command.range;
  return (site.kind === 'text' ? site.run.command : site.command).range;
}

function placeOf({ site }: ManagerStart, command: Site): Site {
  if (site.kind !== 'script') return command;
  return { path: site.file.path, range: { start: site.program.start, end: site.program.end } };
}

function rewritten(
  project: Project,
  write: WriteCommand,
  manager: ManagerStart,
  place: CallPlace,
  start: ContainerStart,
): Rewrite | Unresolved {
  const { site } = manager;
  const path = start.scripts.at(-1)?.start?.path;
  if (site.kind === 'script' && !/^(exec|alone|last|redirected|grouped)$/.test(path?.shape ?? '')) {
    return { problem: 'the script has more to do than to start the server' };
  }
  if (manager.call.manager === 'yarn' && versionOf('yarn', place)?.split('.')[0] !== '1') {
    return { problem: "later versions of yarn may load its packages themselves (Plug'n'Play)" };
  }
  const rewrite = rewriteManager(write, manager, place);
  if ('problem' in rewrite || !readsManagerVariables(project)) return rewrite;
  return { ...rewrite, isSafe: false };
}

/** Whether anything in the workspace reads what npm and its like set for their scripts. */
const readsManagerVariables = memoized(({ files }: Project): boolean => {
  const pattern = /npm_(package|lifecycle|config|execpath)|\bINIT_CWD\b/;
  return [...files.values()].some(
    ({ facts, text }) => /^(source|shell)$/.test(facts.language) && pattern.test(text),
  );
});

function related({ path, range }: Site, { call, site }: ManagerStart, place: CallPlace): RelatedLocation[] {
  const found = packageOfCall(place.source, place.stage, place.folder, call);
  const script =
    typeof found === 'object' ? found.facts.scripts.find(({ name }) => name === call.script) : undefined;
  const file = typeof found === 'object' ? found.file.path : '';
  return [
    ...(script ? [{ path: file, range: script.range, message: 'The script that it runs.' }] : []),
    ...(site.kind === 'script' ? [{ path, range, message: 'The container starts with this script.' }] : []),
  ];
}
