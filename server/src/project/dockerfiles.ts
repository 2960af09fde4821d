import { isDevelopmentFile } from '../languages/dockerfile/fileRole.ts';
import { startCommandOf } from '../languages/dockerfile/startCommand.ts';
import type { PackageFacts } from '../languages/packageJson.ts';
import { basename, dirname, isInside, joinPath, relativePath } from '../text/paths.ts';
import { isPath, scriptOf } from './entries.ts';
import type { ModuleResolver } from './modules.ts';
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
  for (const file of files.values()) {
    if (file.facts.language !== 'dockerfile' || isDevelopmentFile(file.path, roots)) continue;
    const command = startCommandOf(file.facts.dockerfile);
    if (!command?.words) continue;
    const { script, preloads } = scriptOf(command.words);
    const near = nearestFirst(packages, file.path);
    const find = (path: string) => sourceInImage(path, command.workdir, near, resolver);
    const source = script ? find(script) : binRun(command.words, near, resolver);
    if (!source) continue;
    const [program = ''] = command.words;
    // npx and its like stay in front of the server; every other program here is Node or becomes it.
    const isFirstProcess =
      command.isFirstProcess === 'yes' && !/^(npx|bunx|nodemon|pm2-runtime)$/.test(basename(program));
    const list = declared.get(source) ?? [];
    declared.set(source, [
      ...list,
      {
        kind: 'dockerfile',
        path: file.path,
        range: command.range,
        isFirstProcess,
        preloads: preloads.flatMap((preload) => (isPath(preload) ? (find(preload) ?? []) : [])),
      },
    ]);
  }
  return declared;
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
