import { URI } from 'vscode-uri';
import { isInside, normalizePath } from '../text/paths.ts';

/** Marks the paths of documents that lie on no disk: `/~scheme/authority/path`. */
const elsewhere = '/~';
const noAuthority = '-';

/**
 * The core path of a URI. However a drive is spelled (`file:///c%3A/x`, `file:///C:/x`), the path is one
 * (`c:/x`); `file://host/share/x` is `//host/share/x`. Any other scheme gets a stable path of its own, which
 * no disk holds, so that the file is served from the editor's text alone.
 * @throws TypeError when it is no URI.
 */
export function uriToPath(uri: string): string {
  if (typeof uri !== 'string' || !uri.includes(':')) throw new TypeError(`no URI: ${uri}`);
  const { scheme, authority, path, query, fragment } = URI.parse(uri);
  if (scheme === 'file') {
    if (authority) return normalizePath(`//${authority.toLowerCase()}${path}`);
    return normalizePath(/^\/[A-Za-z]:/.test(path) ? path.slice(1) : path);
  }
  const host = authority + (query && `?${query}`) + (fragment && `#${fragment}`);
  return normalizePath(`${elsewhere}${scheme}/${encodeURIComponent(host) || noAuthority}/${path}`);
}

/** A URI for a core path, in the spelling that VS Code uses; reads back as the same path. */
export function pathToUri(path: string): string {
  if (!path.startsWith(elsewhere)) return URI.file(path).toString();
  const [scheme = '', host = '', ...rest] = path.slice(elsewhere.length).split('/');
  const all = host === noAuthority ? '' : decodeURIComponent(host);
  const [, authority = '', query = '', fragment = ''] = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(all) ?? [];
  const slash = scheme === 'untitled' && !authority ? '' : '/';
  return URI.from({ scheme, authority, path: slash + rest.join('/'), query, fragment }).toString();
}

/**
 * Spells the part of a path that a workspace folder stands for as that folder does: on a Windows drive or
 * share the two may differ in case and still be one place.
 */
export function spellAsRoot(path: string, roots: readonly string[]): string {
  if (!/^([a-z]:|\/\/)/.test(path)) return path;
  const root = roots.find((folder) => isInside(folder.toLowerCase(), path.toLowerCase()));
  return root === undefined ? path : root + path.slice(root.length);
}
