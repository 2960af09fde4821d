import { inFolder } from '../../languages/dockerfile/copies.ts';
import { parseDockerfile } from '../../languages/dockerfile/parse.ts';
import { LineMap } from '../../text/lineMap.ts';
import { isInside, joinPath, relativePath } from '../../text/paths.ts';
import type { DockerfileInProject, ProjectFile } from '../project.ts';
import type { ImageUse } from './deployment.ts';

/** A folder or file of the workspace that stands in a container, whatever its image holds there. */
export interface Mount {
  readonly source: string;
  /** Absolute, in the container. */
  readonly target: string;
}

/** Images that hold a runtime and start what they are given. */
const runtimes =
  /^(?:(?:index\.)?docker\.io\/|public\.ecr\.aws\/docker\/)?(?:library\/)?(?:node|oven\/bun|denoland\/deno)(?::|@|$)/;
const imageName = /^[\w.:/@-]+$/;

/**
 * An image of nothing but a runtime, with the workspace's folders mounted into it, as if a Dockerfile copied those: so
 * what reads Dockerfiles reads it, too.
 * @returns `undefined` for other images, and where no folder of the workspace is mounted
 */
export function mountedImage(
  { name, mounts = [], workdir, command, entrypoint }: ImageUse,
  roots: readonly string[],
): DockerfileInProject | undefined {
  const root = roots.find((folder) => mounts.some(({ source }) => isInside(folder, source)));
  if (root === undefined || !name || !runtimes.test(name) || !imageName.test(name)) return undefined;
  if (!command && !entrypoint) return undefined;
  const own = mounts.filter(({ source }) => isInside(root, source));
  const copies = own.map(({ source, target }) => {
    const inContext = source === root ? '.' : relativePath(root, source);
    return `COPY ${JSON.stringify([inContext, target])}`;
  });
  const text = [`FROM ${name}`, ...copies, ''].join('\n');
  const { facts } = parseDockerfile(text);
  const folder = folderAt(inFolder(workdir ?? '/', '.'), own) ?? root;
  const path = joinPath(folder, '(image)');
  const file: ProjectFile = {
    path,
    text,
    lines: new LineMap(text),
    directives: [],
    facts: { language: 'dockerfile', dockerfile: facts },
  };
  return { file, facts, servers: [] };
}

/** The folder of the workspace that stands at the container's working folder: the package there is the server's. */
function folderAt(workdir: string, mounts: readonly Mount[]): string | undefined {
  const around = mounts.findLast(({ target }) => isInside(target, workdir));
  if (around) return around.source;
  // `server/dist` at /app/dist puts `server` at /app.
  const below = mounts.flatMap(({ source, target }) => {
    const rest = isInside(workdir, target) ? `/${relativePath(workdir, target)}` : undefined;
    return rest !== undefined && source.endsWith(rest) ? [source.slice(0, -rest.length)] : [];
  });
  return below[0];
}
