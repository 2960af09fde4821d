import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { check } from '../../server/src/engine/check.ts';
import { fixesOf } from '../../server/src/engine/fixAll.ts';
import { openProject } from '../../server/src/engine/openProject.ts';
import type { Finding, Fix } from '../../server/src/engine/types.ts';
import { nodeFileSystem } from '../../server/src/nodeFileSystem.ts';
import type { Project } from '../../server/src/project/project.ts';
import { Workspace } from '../../server/src/project/workspace.ts';
import { rules } from '../../server/src/rules/index.ts';
import { applyEdits, type FileEdits } from '../../server/src/text/edits.ts';
import { normalizePath, relativePath } from '../../server/src/text/paths.ts';
import type { Range } from '../../server/src/text/range.ts';
import { diffOf } from './diff.ts';

/** The folder with a folder of fixtures for each rule. */
export const fixturesFolder = join(import.meta.dirname, '../rules');

/** The names of the folders in a folder, in order. */
export function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

const expectedName = 'expected.txt';

/** A fixture as a workspace of its own: a copy outside of this repository, where nothing lies above it. */
export class Fixture {
  readonly root: string;
  private readonly source: string;

  /** Inside a test, which removes the copy when it is done. */
  constructor(source: string) {
    this.source = source;
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'fixture-')));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    cpSync(source, folder, { recursive: true, filter: (path) => basename(path) !== expectedName });
    this.root = normalizePath(folder);
  }

  /** The project, with other texts in place of some of its files'. */
  async project(texts: ReadonlyMap<string, string> = new Map()): Promise<Project> {
    const workspace = new Workspace(nodeFileSystem);
    for (const [path, text] of texts) workspace.setOpenText(path, text, 1);
    return openProject(workspace, this.root, {}, false);
  }

  /** What expected.txt says; with UPDATE_EXPECTED=1 it is made to say `actual` first. */
  expected(actual: string): string {
    const path = join(this.source, expectedName);
    if (process.env.UPDATE_EXPECTED === '1') writeFileSync(path, actual);
    if (!existsSync(path)) throw new Error(`There is no ${path}. UPDATE_EXPECTED=1 writes it.`);
    return readFileSync(path, 'utf8');
  }
}

/** The findings of all rules. @throws what a rule throws. */
export function findingsIn(project: Project): readonly Finding[] {
  const { findings, failures } = check(project, rules);
  if (failures[0]) throw failures[0].error;
  return findings;
}

/** The texts that edits change, as they are then. */
export function edited(project: Project, edits: FileEdits): Map<string, string> {
  return new Map([...edits].map(([path, changes]) => [path, applyEdits(textOf(project, path), changes)]));
}

export function textOf(project: Project, path: string): string {
  return project.files.get(path)?.text ?? '';
}

/** Findings with their related places and fixes, as plain text. */
export async function render(project: Project, findings: readonly Finding[], root: string): Promise<string> {
  const lines: string[] = [];
  for (const finding of findings) {
    lines.push(...findingLines(project, finding, root));
    for (const fix of await fixesOf(project, finding, rules)) lines.push(...fixLines(project, fix, root));
  }
  return asText(lines);
}

/** Findings with their related places, as plain text. */
export function renderFindings(project: Project, findings: readonly Finding[], root: string): string {
  return asText(findings.flatMap((finding) => findingLines(project, finding, root)));
}

function findingLines(project: Project, finding: Finding, root: string): string[] {
  const { path, range, severity, ruleId, message, related } = finding;
  return [
    `${placeText(project, path, range, root)} ${severity} ${ruleId} ${message}`,
    ...related.map((place) => `  ${placeText(project, place.path, place.range, root)} ${place.message}`),
  ];
}

function asText(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

function placeText(project: Project, path: string, range: Range, root: string): string {
  const map = project.files.get(path)!.lines;
  const [start, end] = [map.positionAt(range.start), map.positionAt(range.end)];
  const numbers = `${start.line + 1}:${start.character + 1}-${end.line + 1}:${end.character + 1}`;
  return `${relativePath(root, path)}:${numbers}`;
}

function fixLines(project: Project, fix: Fix, root: string): string[] {
  const marks = [...(fix.isSafe ? ['[safe]'] : []), ...(fix.isPreferred ? ['[preferred]'] : [])];
  const lines = [['fix:', fix.title, ...marks].join(' ')];
  for (const [path, text] of edited(project, fix.edits)) {
    lines.push(
      `  ${relativePath(root, path)}`,
      ...diffOf(textOf(project, path), text).map((line) => `    ${line}`),
    );
  }
  return lines.map((line) => `  ${line}`);
}
