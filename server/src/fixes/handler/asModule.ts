import type { Project } from '../../project/project.ts';
import { type FileEdits, insertAt, type TextEdit } from '../../text/edits.ts';
import { dirname, extname, isInside, joinPath, relativePath } from '../../text/paths.ts';
import { codeStyleOf, inStyle } from '../codeStyle.ts';
import { addedLines, importEdits } from '../source/importEdits.ts';
import { byKind } from '../source/importOrder.ts';
import { type ImportLine, importedAs, importPath, linesOf } from '../source/imports.ts';
import { exportLines, isCommonJs } from '../source/moduleSystem.ts';
import { manifestAbove, type PlannedFile, plannedFile } from '../source/plannedFile.ts';
import type { CodePlan } from './codePlan.ts';
import { type WiredFile, wiredFiles } from './wiring.ts';

/** The code as `shutdown.ts` (or .js, .mts ...) above the files that call it, which import or require it. */
export function moduleEdits(project: Project, plan: CodePlan): FileEdits | undefined {
  const { main, functions, insertions } = plan;
  const { file } = main;
  const wired = wiredFiles(insertions, functions);
  const path =
    wired && joinPath(folderFor([...wired.keys()], file.path, project), `shutdown${extname(file.path)}`);
  // A file of that name is somebody's.
  if (!wired || !path || project.files.has(path)) return undefined;
  const users = [...wired.values()].filter(({ names }) => names.size > 0);
  const kind = moduleKind(main);
  if (users.some(({ planned }) => moduleKind(planned) !== kind)) return undefined;
  const edits = new Map<string, TextEdit[]>();
  for (const [user, each] of wired) {
    const inFile = importing(each, path, main);
    if (!inFile) return undefined;
    edits.set(user, inFile);
  }
  const text = moduleText(project, plan, path, users);
  return text === undefined ? undefined : edits.set(path, [insertAt(0, text)]);
}

/** The module; `undefined` where lines of the author's in it name something of their file. */
function moduleText(
  project: Project,
  { main, state, functions, imports: needed, named }: CodePlan,
  path: string,
  users: readonly WiredFile[],
): string | undefined {
  const { file, facts } = main;
  const style = codeStyleOf(file.path, file.text, facts);
  const own = importedNames(named, main, path);
  if (!own) return undefined;
  const imports = [...needed, ...own]
    .filter(({ isType }) => style.isTypeScript || !isType)
    .map((line) => (line.from.startsWith('/') ? { ...line, from: importPath(path, line.from, main) } : line))
    .sort(byKind);
  const isRequired = isCommonJs(main);
  const exported = new Set(users.flatMap(({ names }) => [...names]));
  const parts = [
    isRequired ? directiveOf(main) : '',
    linesOf(imports, isRequired).join('\n'),
    state,
    isRequired ? functions : exporting(functions, exported),
    isRequired ? exportLines([...exported], sourcesBeside(project, main)).join('\n') : '',
  ];
  const written = parts.filter((part) => part !== '').map((part) => inStyle(part, style));
  return written.join(style.newline + style.newline) + style.newline;
}

function exporting(functions: string, exported: ReadonlySet<string>): string {
  return functions.replace(/^(async )?function (\w+)/gm, (head, _, name: string) =>
    exported.has(name) ? `export ${head}` : head,
  );
}

/** `'use strict'`, where the author writes it. */
function directiveOf({ file }: PlannedFile): string {
  return /^(#!.*\s+)?(['"])use strict\2/.test(file.text) ? "'use strict';" : '';
}

/** The files of the same package. */
function sourcesBeside(project: Project, main: PlannedFile): PlannedFile[] {
  const folder = dirname(manifestAbove(project.files, main.file.path));
  return [...project.files.keys()].flatMap((path) =>
    isInside(folder, path) ? (plannedFile(project, path) ?? []) : [],
  );
}

/**
 * The folder that has all the users of the handler in it; not that of the whole package: there it is the folder of the
 * sources that the file which begins to serve imports, since they are not to import from beside it.
 */
function folderFor(users: readonly string[], main: string, project: Project): string {
  const common = commonFolder([...users, main]);
  const isPackage = project.files.has(joinPath(common, 'package.json'));
  if (!isPackage || common === dirname(main)) return common;
  const others = users.filter((user) => user !== main && !isInside(dirname(main), user));
  const [first = '', ...more] = others.map((user) => relativePath(common, user).split('/')[0]);
  return more.every((each) => each === first) ? joinPath(common, first) : dirname(main);
}

function commonFolder(paths: readonly string[]): string {
  let folder = dirname(paths[0] ?? '');
  while (!paths.every((path) => isInside(folder, path))) folder = dirname(folder);
  return folder;
}

/** A file's edits with the imports for them; `undefined` where one of the names means something else in it. */
function importing(
  { planned, edits, names, imports }: WiredFile,
  from: string,
  main: PlannedFile,
): TextEdit[] | undefined {
  if (planned.facts.bindings.some(({ name }) => names.has(name))) return undefined;
  const wanted = [...[...names].map((name) => ({ name, from })), ...imports];
  const { joining, lines } = importEdits(wanted, planned, main);
  return [...joining, ...edits, ...addedLines(lines, planned)];
}

/** Imports of the main file that lines taken over from it name; `undefined` where they name something of its own. */
function importedNames(
  bindings: readonly number[],
  { file, facts }: PlannedFile,
  path: string,
): ImportLine[] | undefined {
  const lines = [...new Set(bindings)].map((id): ImportLine | undefined => {
    const binding = facts.bindings[id];
    const imported = binding && importedAs(binding);
    if (!imported || imported.name === '*') return undefined;
    const from = fromFolder(imported.specifier, dirname(file.path), dirname(path));
    return {
      name: binding.name,
      from,
      ...(imported.name === binding.name ? {} : { exported: imported.name }),
    };
  });
  const known = lines.flatMap((line) => line ?? []);
  return known.length === lines.length ? known : undefined;
}

/** A relative specifier as it is written in another folder. */
function fromFolder(specifier: string, folder: string, other: string): string {
  if (!/^\.{1,2}(\/|$)/.test(specifier) || folder === other) return specifier;
  const relative = relativePath(other, joinPath(folder, specifier));
  return relative.startsWith('.') ? relative : `./${relative}`;
}

/** What a file can be loaded with: a .cts file cannot load an .mts module, nor the other way round. */
function moduleKind(planned: PlannedFile): string {
  const ending = /\.([mc]?)[jt]sx?$/.exec(planned.file.path)?.[1] ?? '';
  return (isCommonJs(planned) ? 'require' : 'import') + ending;
}
