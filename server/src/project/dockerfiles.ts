import { inFolder } from '../languages/dockerfile/copies.ts';
import { isDevelopmentFile } from '../languages/dockerfile/fileRole.ts';
import type { PackageFacts } from '../languages/packageJson.ts';
import type { SimpleCommand } from '../languages/shell/ast.ts';
import { managerCallOf } from '../languages/shell/managerCall.ts';
import { parseShellCommand } from '../languages/shell/parse.ts';
import { isPackageManager, programName } from '../languages/shell/programs.ts';
import { startPathOf } from '../languages/shell/startPath.ts';
import { basename, dirname, isInside, joinPath, relativePath } from '../text/paths.ts';
import { type ContainerStart, containerStartOf, stagesRun } from './containerStart.ts';
import { isPath, scriptOf } from './entries.ts';
import type { ImageSource } from './imageFiles.ts';
import type { ModuleResolver } from './modules.ts';
import { packageOfCall, scriptText } from './packageScripts.ts';
import type { ProjectFile } from './project.ts';
import type { Declaration } from './server.ts';

interface PackageFile {
  readonly path: string;
  readonly facts: PackageFacts;
}

/**
 * The source files that the start commands of Dockerfiles run, with the place of each command. Images for
 * development and tests say nothing of how the server is run.
 */
export function dockerfilesOf(
  roots: readonly string[],
  files: ReadonlyMap<string, ProjectFile>,
  packages: readonly PackageFile[],
  resolver: ModuleResolver,
): Map<string, Declaration[]> {
  const declared = new Map<string, Declaration[]>();
  const isServer = binTest(packages);
  for (const file of files.values()) {
    if (file.facts.language !== 'dockerfile' || isDevelopmentFile(file.path, roots)) continue;
    const near = nearestFirst(packages, file.path);
    const source = { path: file.path, facts: file.facts.dockerfile, files, roots };
    for (const stage of stagesRun(source.facts)) {
      const start = containerStartOf(source, stage, isServer);
      const link = start && sourceStarted(source, start, near, resolver);
      if (!link) continue;
      const range = start.command.range;
      declared.set(link.entry, [
        ...(declared.get(link.entry) ?? []),
        { kind: 'dockerfile', path: file.path, range, ...link.declaration },
      ]);
    }
  }
  return declared;
}

/** The source file that a container's program runs, and how. */
export interface Link {
  readonly entry: string;
  readonly declaration: Pick<Declaration, 'isFirstProcess' | 'preloads'>;
}

/** @param packages the nearest to the Dockerfile first */
function sourceStarted(
  source: ImageSource,
  start: ContainerStart,
  packages: readonly PackageFile[],
  resolver: ModuleResolver,
): Link | undefined {
  const { words, folder, isFirstProcess } = start;
  if (words?.[0] === undefined) return undefined;
  const inScript = scriptStarted(source, start, resolver);
  if (inScript) return { entry: inScript, declaration: { isFirstProcess: false, preloads: [] } };
  const { entry, preloads } = entryOf(words, folder, packages, resolver);
  if (!entry) return undefined;
  // npm and its like stay in front of the server; every other program here is Node or becomes it.
  const isFirst = isFirstProcess === 'yes' && !isPackageManager(words);
  return { entry, declaration: { isFirstProcess: isFirst, preloads } };
}

/** Scripts that run scripts are followed only so far. */
const maxScripts = 5;

/** The source file that a script of package.json runs, where the container starts that: `npm start`. */
function scriptStarted(
  source: ImageSource,
  { words = [], stage, folder }: ContainerStart,
  resolver: ModuleResolver,
): string | undefined {
  let call = managerCallOf(words.map((value) => ({ value, raw: value ?? '' })));
  let at = folder;
  for (let depth = 0; call?.script !== undefined && depth < maxScripts; depth += 1) {
    const found = packageOfCall(source, stage, at, call);
    if (typeof found !== 'object' || at === undefined) return undefined;
    const text = scriptText(found, call.script) ?? '';
    const [program] = startPathOf(parseShellCommand(text)).programs;
    const values = (program?.words ?? []).map(({ value }) => value);
    const { script } = scriptOf(values.map((value) => value ?? ''));
    const packageFolder = dirname(found.file.path);
    if (script) return resolver.sourceOf(joinPath(packageFolder, script), packageFolder);
    call = managerCallOf(values.map((value) => ({ value, raw: value ?? '' })));
    at = inFolder(at, found.folder || '.');
  }
  return undefined;
}

/**
 * The source file that a command runs in a container.
 * @param folder the folder it starts in, in the image
 * @param dockerfile the path of the image's Dockerfile, whose nearest package is meant
 */
export function sourceOfWords(
  words: readonly (string | undefined)[],
  folder: string | undefined,
  dockerfile: string,
  packages: readonly PackageFile[],
  resolver: ModuleResolver,
): string | undefined {
  return entryOf(words, folder, nearestFirst(packages, dockerfile), resolver).entry;
}

/** The entry and the sources that are loaded before it. */
function entryOf(
  words: readonly (string | undefined)[],
  folder: string | undefined,
  packages: readonly PackageFile[],
  resolver: ModuleResolver,
): { readonly entry: string | undefined; readonly preloads: readonly string[] } {
  // A word that only a shell can tell is neither an option nor a file.
  const known = words.map((word) => word ?? '');
  const { script, preloads } = scriptOf(known);
  const find = (path: string) => sourceInImage(path, folder, packages, resolver);
  return {
    entry: script ? find(script) : binRun(known, packages, resolver),
    preloads: preloads.flatMap((preload) => (isPath(preload) ? (find(preload) ?? []) : [])),
  };
}

/** The source file that a container starts, whatever stands between; `undefined` where that is not known. */
export function startedSource(
  source: ImageSource,
  start: ContainerStart,
  packages: readonly PackageFile[],
  resolver: ModuleResolver,
): Link | undefined {
  return sourceStarted(source, start, nearestFirst(packages, source.path), resolver);
}

/** Tells commands that a package of the workspace installs. */
export function binTest(packages: readonly PackageFile[]): (command: SimpleCommand) => boolean {
  const names = new Set(packages.flatMap(({ facts }) => facts.bins.map(({ name }) => name)));
  return (command) => names.has(programName(command) ?? '');
}

/** The source of a file that a container runs. */
function sourceInImage(
  script: string,
  workdir: string | undefined,
  packages: readonly PackageFile[],
  resolver: ModuleResolver,
): string | undefined {
  const inImage = script.startsWith('/') ? script : joinPath(workdir ?? '/', script);
  for (const [index, { path }] of packages.entries()) {
    const folder = dirname(path);
    // A package other than the Dockerfile's own is meant only where the image's path names its folder.
    if (index > 0 && !inImage.includes(`/${basename(folder)}/`)) continue;
    for (const target of tails(inImage, script)) {
      const source = resolver.sourceOf(joinPath(folder, target), folder);
      if (source && isInside(folder, source)) return source;
    }
  }
  return undefined;
}

/** `/app/packages/x/dist/index.js` may be packages/x/dist/index.js of the root or dist/index.js of a package. */
function tails(inImage: string, script: string): string[] {
  const parts = inImage.split('/').filter(Boolean);
  const all = parts.map((_, index) => parts.slice(index).join('/')).slice(0, -1);
  const asWritten = script.replace(/^(\.?\/)+/, '');
  return [asWritten, ...all.filter((tail) => tail !== asWritten && tail.includes('/'))];
}

/** A package's own command, as installed by npm. */
function binRun(
  words: readonly string[],
  packages: readonly PackageFile[],
  resolver: ModuleResolver,
): string | undefined {
  for (const { path, facts } of packages) {
    const bin = facts.bins.find(({ name }) => words.some((word) => basename(word) === name));
    if (bin) return resolver.sourceOf(joinPath(dirname(path), bin.value), dirname(path));
  }
  return undefined;
}

/** The packages by their distance from the Dockerfile: the innermost one above it, those further up, then the others. */
function nearestFirst(packages: readonly PackageFile[], dockerfile: string): PackageFile[] {
  const distance = ({ path }: PackageFile) => {
    const way = relativePath(dirname(path), dockerfile).split('/');
    return way.length + 100 * way.filter((part) => part === '..').length;
  };
  return [...packages].sort((a, b) => distance(a) - distance(b));
}
