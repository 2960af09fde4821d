/**
 * Paths inside the core: absolute, forward slashes, no trailing slash, no `.` or `..`, a Windows drive
 * in lower case (`c:/x`). The edges (node's file system, the language server's URIs) convert.
 */

/** Resolves `.` and `..` and doubled slashes of a path; `..` above the root stays at the root. */
export function normalizePath(path: string): string {
  const slashed = path
    .replaceAll('\\', '/')
    .replace(/^([A-Z]):/, (_, drive: string) => `${drive.toLowerCase()}:`);
  const unc = slashed.startsWith('//');
  const root = unc ? '//' : slashed.startsWith('/') ? '/' : '';
  const parts: string[] = [];
  for (const part of slashed.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part === '..' && root !== '') continue;
    else parts.push(part);
  }
  return root + parts.join('/');
}

/** `base` and a relative path put together and normalized; an absolute `relative` wins. */
export function joinPath(base: string, ...relative: string[]): string {
  let result = base;
  for (const part of relative) {
    result = /^(\/|[a-zA-Z]:[\\/])/.test(part) ? part : `${result}/${part}`;
  }
  return normalizePath(result);
}

/** The folder of a path; the root's folder is the root. */
export function dirname(path: string): string {
  const cut = path.lastIndexOf('/');
  if (cut < 0) return '';
  // Above a share's host (`//host`) there is nothing, above all not the root of another disk.
  if (cut === 1 && path.startsWith('//')) return path;
  return cut === 0 ? '/' : path.slice(0, cut);
}

/** The last part of a path. */
export function basename(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The ending of the last part with its dot (`.ts`), or `''`. */
export function extname(path: string): string {
  const name = basename(path);
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot) : '';
}

/** Whether `path` is `folder` or lies below it. */
export function isInside(folder: string, path: string): boolean {
  if (path === folder || folder === '/' || folder === '') return true;
  return path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** The way from `folder` to `path`, with `..` where needed; `''` when they are the same. */
export function relativePath(folder: string, path: string): string {
  const from = folder.split('/').filter(Boolean);
  const to = path.split('/').filter(Boolean);
  let same = 0;
  while (same < from.length && same < to.length && from[same] === to[same]) same += 1;
  return [...from.slice(same).map(() => '..'), ...to.slice(same)].join('/');
}

/** The folders above `path`, nearest first, up to and including `top`. */
export function foldersUpTo(path: string, top: string): string[] {
  const folders: string[] = [];
  for (let folder = dirname(path); isInside(top, folder); folder = dirname(folder)) {
    folders.push(folder);
    if (folder === top || folder === dirname(folder)) break;
  }
  return folders;
}
