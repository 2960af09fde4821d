import type { Copy } from '../languages/dockerfile/copies.ts';
import type { DockerfileFacts, Stage } from '../languages/dockerfile/facts.ts';
import { imageStage } from '../languages/dockerfile/imageShell.ts';
import { basename, dirname, foldersUpTo, isInside, joinPath, relativePath } from '../text/paths.ts';
import type { ProjectFile } from './project.ts';

/** What is asked about a Dockerfile's images: the file, what it says, and the files around it. */
export interface ImageSource {
  readonly path: string;
  readonly facts: DockerfileFacts;
  readonly files: ReadonlyMap<string, ProjectFile>;
  /** The workspace folders; a build context does not lie above them. */
  readonly roots: readonly string[];
}

/** How many COPY instructions are asked for one path: each may lead to all those of an earlier stage. */
const maxCopies = 20_000;

/**
 * The workspace file that stands at a path of an image, by the stage's COPY instructions.
 * @param path absolute, or relative to the base image's own working folder
 * @returns `undefined` where no instruction puts a known file there
 */
export function fileInImage(source: ImageSource, stage: Stage, path: string): ProjectFile | undefined {
  const contexts = contextsOf(source);
  for (const candidate of sourcesOf(source, stage, path, { left: maxCopies })) {
    for (const context of contexts) {
      const inContext = joinPath(context, candidate.replace(/^\/+/, '') || '.');
      const file = isInside(context, inContext) ? source.files.get(inContext) : undefined;
      if (file) return file;
    }
  }
  return undefined;
}

/** The paths in the build context that may stand at a path of a stage; later instructions first. */
function sourcesOf(source: ImageSource, stage: Stage, path: string, budget: { left: number }): string[] {
  const found = stage.copies.toReversed().flatMap((copy) => {
    budget.left -= 1;
    if (budget.left < 0) return [];
    const candidates = sourcesOfCopy(copy, path);
    if (copy.from === undefined) return candidates;
    const from = imageStage(source.facts, copy.from);
    if (!from || from.index >= stage.index) return [];
    return candidates.flatMap((candidate) => sourcesOf(source, from, joinPath('/', candidate), budget));
  });
  if (stage.base.kind !== 'stage') return found;
  return [...found, ...sourcesOf(source, source.facts.stages[stage.base.index]!, path, budget)];
}

/** The source paths of a COPY that end up at `path`, if any. */
function sourcesOfCopy({ sources, target, isIntoFolder }: Copy, path: string): string[] {
  // `''` is the base image's own folder, in which only relative paths lie.
  const isBelow = target === '' ? !path.startsWith('/') : isInside(target, path) && path !== target;
  if (path === target) return isIntoFolder ? [] : sources.filter((source) => !isGlob(source));
  if (!isBelow) return [];
  const rest = target === '' ? path : relativePath(target, path);
  return sources.flatMap((source) => {
    if (isGlob(source)) {
      return matches(basename(source), rest) ? [joinPath(dirname(source) || '.', rest)] : [];
    }
    const whole = [joinPath(source === '' ? '.' : source, rest)];
    return basename(source) === rest ? [joinPath('.', source), ...whole] : whole;
  });
}

function isGlob(source: string): boolean {
  return /[*?[]/.test(source);
}

/** Whether a file name matches a pattern of `*`, `?` and single characters in brackets. */
function matches(pattern: string, name: string): boolean {
  if (name.includes('/') || pattern.split('*').length > 4) return false;
  const expression = pattern
    .replace(/[\\^$+.()|{}]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]');
  try {
    return new RegExp(`^${expression}$`).test(name);
  } catch {
    return false;
  }
}

/**
 * The folders that may be the build context, most likely first: the one in which most of what the Dockerfile copies
 * is found; among equals the one nearest to the file.
 */
function contextsOf({ path, facts, files, roots }: ImageSource): string[] {
  const root = roots.filter((folder) => isInside(folder, path)).sort((a, b) => b.length - a.length)[0];
  const folders = root === undefined ? [dirname(path)] : foldersUpTo(path, root);
  const sources = facts.stages.flatMap(({ copies }) =>
    copies.filter(({ from }) => from === undefined).flatMap((copy) => copy.sources),
  );
  const named = [...new Set(sources)]
    .filter((source) => !isGlob(source) && !/^\.?\/?$/.test(source))
    .slice(0, 40);
  if (folders.length === 1 || named.length === 0) return folders;
  const known = new Set<string>();
  for (const file of files.keys()) for (const above of [file, ...foldersAbove(file)]) known.add(above);
  const score = (context: string) =>
    named.filter((source) => known.has(joinPath(context, source.replace(/^\/+/, '')))).length;
  return folders
    .map((folder) => ({ folder, score: score(folder) }))
    .sort((a, b) => b.score - a.score)
    .map(({ folder }) => folder);
}

function foldersAbove(path: string): string[] {
  const folders: string[] = [];
  for (let folder = dirname(path); folder !== '' && folder !== dirname(folder); folder = dirname(folder)) {
    folders.push(folder);
  }
  return folders;
}
