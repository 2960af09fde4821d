import type { Project } from '../../project/project.ts';
import { type FileEdits, insertAt, type TextEdit } from '../../text/edits.ts';
import { dirname, extname, isInside, joinPath, relativePath } from '../../text/paths.ts';
import { codeStyleOf, inStyle } from '../codeStyle.ts';
import { addedLines, importEdits } from '../source/importEdits.ts';
import { type ImportLine, importPath, linesOf, usesImports } from '../source/imports.ts';
import type { PlannedFile } from '../source/plannedFile.ts';
import type { CodePlan } from './codePlan.ts';
import { type WiredFile, wiredFiles } from './wiring.ts';

/** The code as `shutdown.ts` (or .js, .mts ...) above the files that call it, which import it. */
export function moduleEdits(
  project: Project,
  { main, state, functions, imports: needed, insertions, named }: CodePlan,
): FileEdits | undefined {
  const { file, facts } = main;
  const wired = wiredFiles(insertions, functions);
  const path =
    wired && joinPath(folderFor([...wired.keys()], file.path, project), `shutdown${extname(file.path)}`);
  // CommonJS needs another form of imports and exports; a file of that name is somebody's.
  if (!wired || !path || project.files.has(path) || !usesImports(main)) return undefined;
  // A .cts file cannot load an .mts module, nor the other way round.
  if ([...wired.keys()].some((user) => moduleKind(user) !== moduleKind(path))) return undefined;
  const edits = new Map<string, TextEdit[]>();
  for (const [user, each] of wired) {
    const inFile = importing(each, path, main);
    if (!inFile) return undefined;
    edits.set(user, inFile);
  }
  const exported = new Set([...wired.values()].flatMap(({ names }) => [...names]));
  const exporting = functions.replace(/^(async )?function (\w+)/gm, (head, _, name: string) =>
    exported.has(name) ? `export ${head}` : head,
  );
  const style = codeStyleOf(file.path, file.text, facts);
  const own = importedNames(named, main);
  if (!own) return undefined;
  const imports = [...needed, ...own]
    .filter(({ isType }) => style.isTypeScript || !isType)
    .map((line) => (line.from.startsWith('/') ? { ...line, from: importPath(path, line.from, main) } : line));
  const parts = [linesOf(imports).join('\n'), state, exporting].filter((part) => part !== '');
  const text = parts.map((part) => inStyle(part, style)).join(style.newline + style.newline);
  edits.set(path, [insertAt(0, text + style.newline)]);
  return edits;
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
function importedNames(bindings: readonly number[], { facts }: PlannedFile): ImportLine[] | undefined {
  const lines = [...new Set(bindings)].map((id): ImportLine | undefined => {
    const { name = '', imported } = facts.bindings[id] ?? {};
    if (!imported || imported.name === '*') return undefined;
    return { name, from: imported.specifier, ...(imported.name === name ? {} : { exported: imported.name }) };
  });
  const known = lines.flatMap((line) => line ?? []);
  return known.length === lines.length ? known : undefined;
}

/** `m`, `c` or nothing: what a file's ending says of its module system. */
function moduleKind(path: string): string {
  return /\.([mc]?)[jt]sx?$/.exec(path)?.[1] ?? '';
}
