import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { expanded, snippetsIn } from '../support/snippets.ts';
import { applyFix } from './applyFix.ts';
import type { Case } from './cases.ts';
import { linkPackages } from './packages.ts';

const run = promisify(execFile);

/** A server that can be started. */
export interface Target {
  readonly of: Case;
  readonly folder: string;
  /** The JavaScript file for node. */
  readonly program: string;
}

/** A copy of the unsafe server, with packages to check its types against. */
export function copyOf(of: Case, installed: string): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `behavior-${of.name}-`)));
  cpSync(of.folder, folder, { recursive: true, filter: (path) => basename(path) !== 'case.json' });
  linkPackages(folder, installed, false);
  return folder;
}

/** Lays the hand-written fixed files over a copy. @throws when the case has none */
export function applyGolden(of: Case, folder: string): void {
  if (!of.golden) throw new Error(`test/behavior/golden has no ${of.name}`);
  cpSync(of.golden, folder, { recursive: true });
}

/** Puts a snippet into a copy, as a person would. @throws when the lines for it are not there */
export function applySnippet({ entry, snippet }: Case, folder: string): void {
  if (!snippet) return;
  const file = entry.endsWith('.ts') ? 'typescript.json' : 'javascript.json';
  const found = snippetsIn(file).find(({ prefix }) => prefix === snippet.prefix);
  if (!found) throw new Error(`there is no snippet ${snippet.prefix}`);
  const inserted = expanded(found.body, snippet.filled);
  let text = readFileSync(join(folder, entry), 'utf8');
  for (const [from, to] of snippet.edits) {
    if (!text.includes(from)) throw new Error(`${entry} has no ${from}`);
    text = text.replace(from, () => to.replace('$snippet', () => inserted));
  }
  writeFileSync(join(folder, entry), text);
}

/** Has the language server fix a copy, as an editor would. Returns what is wrong with the result, if anything. */
export async function applyProductFix(of: Case, folder: string, title: RegExp): Promise<string | undefined> {
  const titles = [title, ...(of.fixes ?? []).map((each) => new RegExp(each))];
  const problems: string[] = [];
  for (const each of titles) {
    const before = textsIn(folder);
    const { texts, problem } = await applyFix(before, of.entry, each);
    for (const [path, text] of Object.entries(texts)) {
      if (before[path] !== text) writeFileSync(join(folder, path), text);
    }
    if (problem) problems.push(problem);
  }
  const entry = join(folder, of.entry);
  for (const [from, to] of of.edits ?? []) {
    const text = readFileSync(entry, 'utf8');
    if (!text.includes(from)) problems.push(`${of.entry} has no ${from} after the fix`);
    writeFileSync(
      entry,
      text.replace(from, () => to),
    );
  }
  return problems.join('\n') || undefined;
}

/** The project's own files, by their path from `folder`. */
export function textsIn(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(files.map((path) => [relative(folder, path), readFileSync(path, 'utf8')]));
}

/** Whether TypeScript code passes `--strict` against the real packages: its complaints, or nothing. */
export async function typeErrors(folder: string, { entry }: Case): Promise<string> {
  if (!entry.endsWith('.ts')) return '';
  const compiler = resolve('node_modules/typescript/bin/tsc');
  try {
    await run(process.execPath, [compiler, '--noEmit', '--strict', '-p', folder], { cwd: folder });
    return '';
  } catch (error) {
    return (error as { stdout: string }).stdout || String(error);
  }
}

/** Whether Node takes the .js files of a package for ES modules. */
function isModule(folder: string): boolean {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).type === 'module';
}

/** Transpiles a copy (nothing is bundled) and links the packages that it runs with. */
export async function buildServer(of: Case, folder: string, installed: string): Promise<Target> {
  const isTypeScript = of.entry.endsWith('.ts');
  if (isTypeScript) {
    const sources = Object.keys(textsIn(folder)).filter((path) => path.endsWith('.ts'));
    await build({
      entryPoints: sources.map((path) => join(folder, path)),
      outdir: join(folder, 'dist'),
      outbase: join(folder, dirname(of.entry)),
      format: isModule(folder) ? 'esm' : 'cjs',
      target: 'node20',
      tsconfig: join(folder, 'tsconfig.json'),
      logLevel: 'silent',
    });
  }
  rmSync(join(folder, 'node_modules'), { recursive: true });
  linkPackages(folder, installed, true);
  return {
    of,
    folder,
    program: join(folder, isTypeScript ? join('dist', `${basename(of.entry, '.ts')}.js`) : of.entry),
  };
}
