import { basename, isInside, relativePath } from '../../text/paths.ts';

const testFolders = /(^|\/)(tests?|__tests__|e2e|testing|testdata|fixtures?)\//i;
const testNames = /(^|[.\-_])(tests?|e2e|ci)([.\-_]|$)/i;

/**
 * Whether a Dockerfile builds a container that nobody stops while it serves calls: a development container or one
 * that runs tests.
 * @param roots the workspace folders; what lies above them does not count
 */
export function isDevelopmentFile(path: string, roots: readonly string[]): boolean {
  const root = roots.filter((folder) => isInside(folder, path)).sort((a, b) => b.length - a.length)[0];
  const inside = root === undefined ? basename(path) : relativePath(root, path);
  if (/(^|\/)\.devcontainer\//.test(inside) || /devcontainer/i.test(basename(path))) return true;
  return testFolders.test(inside) || testNames.test(basename(path));
}
