import { check } from '../../server/src/engine/check.ts';
import { disableForFile, disableForLine } from '../../server/src/engine/disableComments.ts';
import { fixAll, fixesOf } from '../../server/src/engine/fixAll.ts';
import { openProject } from '../../server/src/engine/openProject.ts';
import type { Finding } from '../../server/src/engine/types.ts';
import { parseShellCommand } from '../../server/src/languages/shell/parse.ts';
import type { Project, ProjectFile } from '../../server/src/project/project.ts';
import { Workspace } from '../../server/src/project/workspace.ts';
import { rules } from '../../server/src/rules/index.ts';
import { applyEdits, type FileEdits } from '../../server/src/text/edits.ts';
import { joinPath } from '../../server/src/text/paths.ts';
import { locateIn } from '../../server/src/timeline/locate.ts';
import { timelinePlaces } from '../../server/src/timeline/places.ts';
import { svgDocument } from '../../server/src/timeline/svg.ts';
import { barText } from '../../server/src/timeline/text.ts';
import { timelinesOf } from '../../server/src/timeline/timelines.ts';
import { viewOf } from '../../server/src/timeline/view.ts';
import { MemoryFileSystem } from '../lsp/memoryFileSystem.ts';
import { tryCommandLine } from './commandLine.ts';
import { tryEditor } from './editor.ts';
import type { FuzzInput } from './inputs.ts';
import { languageOf } from './seeds.ts';
import { wrongEdits, wrongRanges } from './wellFormed.ts';

/** Told of each step, so that a run can measure it; runs it and gives back what it gives. */
export type Step = <T>(name: string, run: () => Promise<T>) => Promise<T>;

const root = '/fuzz';
/** One input of so many is tried in the editor, and on the command line; both do over again what the core did. */
const editorEvery = 8;
const commandLineEvery = 3;
/** Of how many findings the fixes are tried: hundreds of one kind teach nothing. */
const maxFixed = 8;
const rulesById = new Map(rules.map((rule) => [rule.id, rule]));

const unmeasured: Step = (_, run) => run();

export interface Examined {
  /**
   * What must not happen and did: throwing, ranges outside of the text, edits that cannot be applied, another
   * result the second time.
   */
  readonly problems: readonly string[];
  /** How much there was to look at: a run that finds nothing to fix proves nothing. */
  readonly findings: number;
  readonly fixes: number;
}

/** Does with an input all that an editor and the command line would. */
export async function examine(input: FuzzInput, step: Step = unmeasured): Promise<Examined> {
  const examination = new Examination(input, step);
  await examination.run();
  return examination;
}

class Examination implements Examined {
  readonly problems: string[] = [];
  findings = 0;
  fixes = 0;
  private readonly path: string;

  constructor(
    private readonly input: FuzzInput,
    private readonly step: Step,
  ) {
    this.path = joinPath(root, input.path);
  }

  async run(): Promise<void> {
    if (languageOf(this.path) === 'shell') {
      await this.attempt('shell', async () => {
        const script = parseShellCommand(this.input.text);
        this.problems.push(...wrongRanges(script, this.input.text.length, 'shell'));
      });
    }
    const first = await this.attempt('check', () => this.checked(false));
    if (!first) return;
    this.findings = first.findings.length;
    this.inspectFiles(first.project);
    await this.attempt('timelines', () => this.inspectTimelines(first.project));
    await this.tryFixes(first.project, first.findings);
    const second = await this.attempt('check again', () => this.checked(true));
    if (second && print(second.findings) !== print(first.findings)) {
      this.problems.push('after an edit other findings than at once');
    }
    await this.trySurfaces(first.findings);
  }

  private async trySurfaces(findings: readonly Finding[]): Promise<void> {
    const { input } = this;
    const told = rulesToldIn(this.path, findings);
    if (input.variant % editorEvery === 0) {
      const problems = await this.attempt('editor', () => tryEditor(input, told));
      this.problems.push(...(problems ?? []));
    }
    if (input.variant % commandLineEvery === 0) {
      const problems = await this.attempt('command line', () => tryCommandLine(input, root));
      this.problems.push(...(problems ?? []));
    }
  }

  /** @param isTyped the well-formed text is checked first, and then edited */
  private async checked(isTyped: boolean): Promise<{ project: Project; findings: readonly Finding[] }> {
    const files = [...this.input.before].map(([path, text]) => [joinPath(root, path), text] as const);
    const workspace = new Workspace(new MemoryFileSystem(Object.fromEntries(files)));
    const before = this.input.before.get(this.input.path);
    if (isTyped && before !== undefined) {
      workspace.setOpenText(this.path, before, 1);
      await openProject(workspace, root, {}, false);
    }
    workspace.setOpenText(this.path, this.input.text, 2);
    return this.findingsIn(await openProject(workspace, root, {}, false));
  }

  private findingsIn(project: Project): { project: Project; findings: readonly Finding[] } {
    const { findings, failures } = check(project, rules);
    for (const { ruleId, error } of failures) this.problems.push(`${ruleId} threw ${described(error)}`);
    return { project, findings };
  }

  private inspectFiles(project: Project): void {
    const file = project.files.get(this.path);
    if (!file) return;
    const { length } = file.text;
    const landmarks = project.landmarksIn(this.path);
    this.problems.push(
      ...wrongRanges(file.facts, length, 'facts'),
      ...wrongRanges(file.directives, length, 'directives'),
      ...wrongRanges(landmarks, length, 'landmarks'),
    );
  }

  private async inspectTimelines(project: Project): Promise<void> {
    const { length } = project.files.get(this.path)?.text ?? '';
    const ranges = timelinePlaces(project, this.path).map(({ range }) => range);
    this.problems.push(...wrongRanges(ranges, length, 'timelines'));
    const views = timelinesOf(project).map((each) =>
      viewOf(
        each,
        locateIn(project, (path) => path),
      ),
    );
    svgDocument(views);
    for (const view of views) {
      const [bar] = barText(view, { width: 60, isAscii: true });
      if (!/^.{60,80}$/.test(bar)) this.problems.push(`timelines drew ${bar}`);
    }
  }

  private async tryFixes(project: Project, findings: readonly Finding[]): Promise<void> {
    for (const finding of worthFixing(findings, this.path)) {
      const fixes = await this.attempt(`fixes of ${finding.ruleId}`, () => fixesOf(project, finding, rules));
      this.fixes += fixes?.length ?? 0;
      for (const { title, edits } of fixes ?? []) await this.tryEdits(project, edits, title);
      const file = project.files.get(finding.path);
      if (file) await this.tryDisabling(project, file, finding);
    }
    const all = await this.attempt('fix all', () => fixAll(project, findings.slice(0, 200), rules));
    for (const { ruleId, error } of all?.failures ?? []) {
      this.problems.push(`the fix of ${ruleId} threw ${described(error)}`);
    }
    if (all) await this.tryEdits(project, all.edits, 'fix all');
  }

  private async tryDisabling(project: Project, file: ProjectFile, finding: Finding): Promise<void> {
    const { ruleId, range } = finding;
    const edits = await this.attempt('disable', async () => [
      await disableForLine(file, range.start, ruleId),
      disableForFile(file, ruleId),
    ]);
    for (const edit of edits ?? []) {
      if (edit) await this.tryEdits(project, new Map([[file.path, [edit]]]), `disable ${ruleId}`);
    }
  }

  /** Applies edits and checks the project as it is then. */
  private async tryEdits(project: Project, edits: FileEdits, title: string): Promise<void> {
    const texts = new Map<string, string>();
    for (const [path, { text }] of project.files) texts.set(path, text);
    for (const [path, changes] of edits) {
      const text = texts.get(path) ?? '';
      const wrong = wrongEdits(text, changes);
      this.problems.push(...wrong.map((problem) => `${title}: ${problem}`));
      if (wrong.length > 0) return;
      texts.set(path, applyEdits(text, changes));
    }
    await this.attempt(`check after "${title}"`, async () => {
      const workspace = new Workspace(new MemoryFileSystem(Object.fromEntries(texts)));
      for (const path of edits.keys()) workspace.setOpenText(path, texts.get(path) ?? '', 1);
      this.findingsIn(await openProject(workspace, root, {}, false));
    });
  }

  private async attempt<T>(name: string, run: () => Promise<T>): Promise<T | undefined> {
    try {
      return await this.step(name, run);
    } catch (error) {
      this.problems.push(`${name} threw ${described(error)}`);
      return undefined;
    }
  }
}

/**
 * The rules that an editor speaks of in the only file that is open: of its own findings, then of those in closed
 * files that it is as much the cause of.
 */
function rulesToldIn(path: string, findings: readonly Finding[]): readonly string[] {
  const own = findings.filter((each) => each.path === path);
  const others = findings.filter((each) => each.path !== path);
  const causes = others.flatMap(({ ruleId, related }) =>
    related.filter((place) => place.isCause && place.path === path).map(() => ruleId),
  );
  return [...own.map(({ ruleId }) => ruleId), ...causes];
}

/** Some findings of each rule, those in the changed file first. */
function worthFixing(findings: readonly Finding[], path: string): readonly Finding[] {
  const taken = new Map<string, number>();
  return [...findings.filter((each) => each.path === path), ...findings]
    .filter(({ ruleId }) => {
      taken.set(ruleId, (taken.get(ruleId) ?? 0) + 1);
      return rulesById.get(ruleId)?.fixes !== undefined && (taken.get(ruleId) ?? 0) <= 2;
    })
    .slice(0, maxFixed);
}

function print(findings: readonly Finding[]): string {
  return JSON.stringify(findings);
}

function described(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
