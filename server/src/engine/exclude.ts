import picomatch from 'picomatch';
import { isCostlyGlob } from '../project/ignoreRules.ts';
import { relativePath } from '../text/paths.ts';

/**
 * Why a pattern of `exclude` cannot be used, or `undefined` when it can.
 * A glob becomes a backtracking expression; the bounds keep a hostile pattern from stopping the editor.
 */
export function patternProblem(pattern: string): string | undefined {
  if (pattern.trim() === '') return 'An empty pattern excludes nothing.';
  if (pattern.startsWith('!')) return 'A pattern cannot begin with "!": name what to leave out.';
  if (pattern.length > 200) return 'The pattern is longer than 200 characters.';
  if (isCostlyGlob(pattern)) {
    return 'The pattern has more than three "**", or more than three "*" between two slashes.';
  }
  return undefined;
}

/**
 * Whether one of the patterns matches `path` or a folder above it, both seen from `folder`:
 * `examples` leaves out everything below that folder. Paths outside of `folder` are never excluded.
 */
export function excluder(folder: string, patterns: readonly string[]): (path: string) => boolean {
  const matchers = patterns
    .map((pattern) => pattern.replace(/^\.?\//, '').replace(/\/+$/, ''))
    .map((pattern) => picomatch(pattern, { dot: true, noextglob: true }));
  if (matchers.length === 0) return () => false;
  return (path) => {
    const relative = relativePath(folder, path);
    if (relative === '' || relative.startsWith('..')) return false;
    const parts = relative.split('/');
    return parts.some((_, index) => {
      const upToHere = parts.slice(0, index + 1).join('/');
      return matchers.some((matches) => matches(upToHere));
    });
  };
}
