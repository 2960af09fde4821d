import { check, type RuleFailure } from '../engine/check.ts';
import type { SettingsSources } from '../engine/config.ts';
import { fixAll, fixesOf, isAutomatic } from '../engine/fixAll.ts';
import { openProject } from '../engine/openProject.ts';
import type { Finding, Fix, Rule } from '../engine/types.ts';
import { kindOf } from '../project/fileKinds.ts';
import type { FileSystem } from '../project/fileSystem.ts';
import type { Project } from '../project/project.ts';
import { Workspace } from '../project/workspace.ts';
import { applyEdits } from '../text/edits.ts';
import { isInside } from '../text/paths.ts';
import type { ReportedFinding } from './report.ts';

/** Fixes that keep making room for others are not endless in practice; two that undo each other would be. */
const maxRounds = 10;

/** Which fixes are applied. */
export type FixChoice = 'none' | 'safe' | 'all';

export interface ProjectRequest {
  readonly root: string;
  /** The files and folders of it that findings are wanted for. */
  readonly paths: readonly string[];
  readonly rules: readonly Rule[];
  /** Only these rules; `undefined` means all. */
  readonly ruleIds: readonly string[] | undefined;
  readonly sources: SettingsSources;
  /** Apply the preferred fixes first: those that are safe, or all. */
  readonly fix: FixChoice;
}

export interface ProjectOutcome {
  /** What is left after the fixes. */
  readonly findings: readonly ReportedFinding[];
  /** How many findings were fixed. */
  readonly fixed: number;
  /** The texts that the fixes changed; nothing is written yet. */
  readonly changes: readonly TextChange[];
  readonly failures: readonly RuleFailure[];
  readonly limits: readonly string[];
  readonly servers: number;
  readonly dockerfiles: number;
}

export interface TextChange {
  readonly path: string;
  /** `undefined`: the file is new. */
  readonly before: string | undefined;
  readonly after: string;
}

/** Checks one project, in memory alone. */
export async function checkProject(fileSystem: FileSystem, request: ProjectRequest): Promise<ProjectOutcome> {
  const workspace = new Workspace(fileSystem);
  // Who names a Dockerfile wants it checked, whatever it is for.
  const isDockerfileNamed = request.paths.some((path) => kindOf(path) === 'dockerfile');
  const original = await openProject(workspace, request.root, request.sources, isDockerfileNamed);
  const { project, fixed, changes } =
    request.fix === 'none'
      ? { project: original, fixed: 0, changes: [] }
      : await applyFixes(workspace, original, request);
  const { findings, failures } = checkOnce(project, request);
  const reported = await withFixes(project, findings, request.rules);
  const isWanted = (path: string) => request.paths.some((wanted) => isInside(wanted, path));
  return {
    findings: reported.findings,
    fixed,
    changes,
    failures: [...failures, ...reported.failures],
    limits: [...project.limits, ...unreadPaths(project, request)],
    servers: project.servers.filter(({ entry }) => isWanted(entry)).length,
    dockerfiles: project.dockerfiles.filter(({ file }) => isWanted(file.path)).length,
  };
}

/** Who names a file must not take silence for praise. */
function unreadPaths({ files, roots }: Project, { paths }: ProjectRequest): string[] {
  const read = [...files.keys()];
  return paths
    .filter((path) => !roots.includes(path) && !read.some((file) => isInside(path, file)))
    .map((path) => `${path} is of no kind that is checked, or git ignores it`);
}

function checkOnce(project: Project, { rules, ruleIds, paths, sources }: ProjectRequest) {
  return check(project, rules, sources, { ruleIds, paths });
}

/** Checks and fixes until nothing is left to fix: one fix may make another possible. */
async function applyFixes(
  workspace: Workspace,
  original: Project,
  request: ProjectRequest,
): Promise<{ project: Project; fixed: number; changes: TextChange[] }> {
  let project = original;
  let fixed = 0;
  const changes = new Map<string, TextChange>();
  const isTaken = request.fix === 'all' ? ({ isPreferred }: Fix) => isPreferred : isAutomatic;
  for (let round = 1; round <= maxRounds; round += 1) {
    const { findings } = checkOnce(project, request);
    const result = await fixAll(project, findings, request.rules, isTaken);
    if (result.edits.size === 0) break;
    for (const [path, edits] of result.edits) {
      const before = project.files.get(path)?.text;
      const after = applyEdits(before ?? '', edits);
      workspace.setOpenText(path, after, round);
      changes.set(path, { path, before: changes.has(path) ? changes.get(path)?.before : before, after });
    }
    fixed += result.fixed.length;
    project = await workspace.snapshot();
  }
  return { project, fixed, changes: [...changes.values()].filter(({ before, after }) => before !== after) };
}

async function withFixes(
  project: Project,
  findings: readonly Finding[],
  rules: readonly Rule[],
): Promise<{ findings: ReportedFinding[]; failures: RuleFailure[] }> {
  const reported: ReportedFinding[] = [];
  const failures: RuleFailure[] = [];
  for (const finding of findings) {
    const fixes = await fixesOf(project, finding, rules).catch((error: unknown) => {
      failures.push({ ruleId: finding.ruleId, error });
      return [];
    });
    const file = project.files.get(finding.path)!;
    reported.push({ ...finding, file, fixes, fileAt: (path) => project.files.get(path) });
  }
  return { findings: reported, failures };
}
