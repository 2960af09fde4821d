/**
 * Takes every fix that is offered in every folder below the given one (checkouts of servers), one at a time, and checks
 * what comes out: it parses, keeps the form of the file and the comments in it, the finding is gone, nothing new is found,
 * and the fix is not offered again. With `--out FOLDER` the texts before and after are kept there, to be read side by side.
 */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parseTOML } from 'toml-eslint-parser';
import ts from 'typescript';
import { parseAllDocuments } from 'yaml';
import { check } from '../server/src/engine/check.ts';
import { fixesOf } from '../server/src/engine/fixAll.ts';
import type { Finding, Fix } from '../server/src/engine/types.ts';
import { nodeFileSystem } from '../server/src/nodeFileSystem.ts';
import type { Project } from '../server/src/project/project.ts';
import { Workspace } from '../server/src/project/workspace.ts';
import { rules } from '../server/src/rules/index.ts';
import { applyEdits } from '../server/src/text/edits.ts';
import { normalizePath, relativePath } from '../server/src/text/paths.ts';
import { changedComments, isGoneForGood } from '../test/support/comments.ts';

interface Tally {
  findings: number;
  fixable: number;
  fixes: number;
  bad: number;
}

const { values, positionals } = parseArgs({
  options: { out: { type: 'string' }, rule: { type: 'string' } },
  allowPositionals: true,
});
const [folder, ...chosen] = positionals;
if (!folder)
  throw new Error(
    'Name a folder of checkouts: npm run fix-checkouts -- FOLDER [NAME]... [--out FOLDER] [--rule ID]',
  );

const tallies = new Map<string, Tally>();
for (const entry of readdirSync(folder, { withFileTypes: true })) {
  const isChosen = chosen.length === 0 || chosen.includes(entry.name);
  if (entry.isDirectory() && isChosen) await tryFixes(entry.name, normalizePath(resolve(folder, entry.name)));
}
console.table(Object.fromEntries([...tallies].sort(([a], [b]) => a.localeCompare(b))));
if ([...tallies.values()].some(({ bad }) => bad > 0)) process.exitCode = 1;

async function tryFixes(name: string, root: string): Promise<void> {
  const workspace = new Workspace(nodeFileSystem);
  workspace.configure([root], {});
  const project = await workspace.snapshot();
  const { findings, failures } = check(project, rules);
  for (const { ruleId, error } of failures) tell(name, ruleId, 'the rule failed', [String(error)]);
  for (const finding of findings) {
    if (values.rule && finding.ruleId !== values.rule) continue;
    const tally = tallyOf(finding.ruleId);
    const fixes = await fixesOf(project, finding, rules).catch((error) => {
      tell(name, `${relativePath(root, finding.path)} ${finding.ruleId}`, 'no fixes', [String(error)]);
      tally.bad += 1;
      return [];
    });
    tally.findings += 1;
    if (fixes.length > 0) tally.fixable += 1;
    for (const [index, fix] of fixes.entries()) {
      const problems = await problemsOf(fix, finding, findings, project, workspace);
      tally.fixes += 1;
      if (problems.length > 0) tally.bad += 1;
      if (problems.length > 0)
        tell(name, `${relativePath(root, finding.path)} ${finding.ruleId}`, fix.title, problems);
      if (values.out)
        keep(
          join(values.out, `${name}.${finding.ruleId}.${finding.range.start}.${index}`),
          fix,
          project,
          root,
        );
    }
  }
}

/** What is wrong with the project once a fix is taken, in words. */
async function problemsOf(
  fix: Fix,
  finding: Finding,
  before: readonly Finding[],
  project: Project,
  workspace: Workspace,
): Promise<string[]> {
  const problems: string[] = [];
  const texts = new Map<string, string>();
  for (const [path, edits] of fix.edits) {
    const text = project.files.get(path)?.text;
    const fixed = applyEdits(text ?? '', edits);
    texts.set(path, fixed);
    problems.push(...changesOfForm(text, fixed).map((problem) => `${problem}: ${path}`));
    const known = new Set(errorsIn(path, text ?? ''));
    problems.push(...errorsIn(path, fixed).filter((error) => !known.has(error)));
    workspace.setOpenText(path, fixed, 1);
  }
  problems.push(...changesOfComments(project, texts));
  const after = await workspace.snapshot();
  const { findings, failures } = check(after, rules);
  problems.push(...failures.map(({ ruleId }) => `${ruleId} fails`));
  const count = (all: readonly Finding[], { ruleId, path }: Finding) =>
    all.filter((each) => each.ruleId === ruleId && each.path === path).length;
  if (count(findings, finding) >= count(before, finding)) problems.push('still found');
  for (const each of findings) {
    // Hints may come: a handler that exits in order has more to do right than none.
    if (each.severity !== 'hint' && count(findings, each) > count(before, each))
      problems.push(`new: ${each.ruleId} ${each.path}`);
    const again = each.ruleId === finding.ruleId ? await fixesOf(after, each, rules) : [];
    if (again.some(({ edits }) => isSame(edits, fix.edits))) problems.push('offered again');
  }
  for (const path of fix.edits.keys()) workspace.closeText(path);
  return [...new Set(problems)];
}

/** Comments that are lost, or beside other code than before. */
function changesOfComments({ files }: Project, texts: ReadonlyMap<string, string>): string[] {
  const before = new Map([...texts.keys()].map((path) => [path, files.get(path)?.text ?? '']));
  const { lost, astray } = changedComments(before, texts);
  return [
    ...lost.filter((comment) => !isGoneForGood(comment)).map(({ text }) => `comment lost: ${text}`),
    ...astray.map(({ text, beside }) => `comment no longer beside ${beside}: ${text}`),
  ];
}

/** Byte order mark, line endings, the end of the file, blanks at the end of lines. */
function changesOfForm(before: string | undefined, after: string): string[] {
  const problems: string[] = [];
  const endings = (text: string) => [...new Set(text.match(/\r\n|\r|\n/g))].sort().join();
  const trailing = (text: string) => text.match(/[ \t]+(?=\r?\n|$)/g)?.length ?? 0;
  if (trailing(after) > trailing(before ?? '')) problems.push('blanks at the end of a line');
  if (before === undefined) return after.endsWith('\n') ? problems : [...problems, 'no end of line'];
  if (before.startsWith('\uFEFF') !== after.startsWith('\uFEFF')) problems.push('byte order mark');
  if (endings(before) !== endings(after) && endings(before) !== '') problems.push('line endings');
  if (before.endsWith('\n') && !after.endsWith('\n')) problems.push('no end of line');
  if (/\n\r?\n$/.test(after) && !/\n\r?\n$/.test(before)) problems.push('empty last line');
  return problems;
}

function errorsIn(path: string, text: string): string[] {
  switch (extname(path)) {
    case '.json':
      return ts.parseConfigFileTextToJson(path, text).error ? ['not JSON'] : [];
    case '.yml':
    case '.yaml':
      return parseAllDocuments(text).flatMap(({ errors }) => errors.map(({ message }) => message));
    case '.toml':
      try {
        parseTOML(text);
        return [];
      } catch (error) {
        return [String(error)];
      }
    default:
      if (!/\.[cm]?[jt]sx?$/.test(path)) return [];
      return (ts.transpileModule(text, { fileName: path, reportDiagnostics: true }).diagnostics ?? []).map(
        ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'),
      );
  }
}

function isSame(a: Fix['edits'], b: Fix['edits']): boolean {
  return JSON.stringify([...a]) === JSON.stringify([...b]);
}

function keep(target: string, { edits, title }: Fix, project: Project, root: string): void {
  for (const [path, changes] of edits) {
    const text = project.files.get(path)?.text ?? '';
    const place = relativePath(root, path);
    for (const [side, content] of [
      ['before', text],
      ['after', applyEdits(text, changes)],
    ] as const) {
      const file = join(target, side, place);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
  }
  writeFileSync(join(target, 'title.txt'), `${title}\n`);
}

function tell(name: string, what: string, title: string, problems: readonly string[]): void {
  console.log(`${name} ${what}: ${title}\n${problems.map((problem) => `    ${problem}`).join('\n')}`);
}

function tallyOf(ruleId: string): Tally {
  const tally = tallies.get(ruleId) ?? { findings: 0, fixable: 0, fixes: 0, bad: 0 };
  tallies.set(ruleId, tally);
  return tally;
}
