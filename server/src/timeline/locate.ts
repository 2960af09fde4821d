import type { Project } from '../project/project.ts';
import { basename, isInside, relativePath } from '../text/paths.ts';
import type { Locate } from './view.ts';

/**
 * Says where places of a project are.
 * @param nameOf a file's path as its reader knows it
 * @param uriOf its address, for those who can open it
 */
export function locateIn(
  project: Project,
  nameOf: (path: string) => string,
  uriOf?: (path: string) => string,
): Locate {
  return ({ path, range }) => {
    const { line = 0, character = 0 } = project.files.get(path)?.lines.positionAt(range.start) ?? {};
    const place = { path: nameOf(path), line: line + 1, column: character + 1 };
    return uriOf ? { ...place, uri: uriOf(path) } : place;
  };
}

/** A path as seen from the workspace folder that it lies in, whose name stands before it where there are several. */
export function pathInWorkspace({ roots }: Project, path: string): string {
  const root = roots.find((each) => isInside(each, path));
  if (root === undefined) return path;
  const relative = relativePath(root, path);
  return roots.length > 1 ? `${basename(root)}/${relative}` : relative;
}
