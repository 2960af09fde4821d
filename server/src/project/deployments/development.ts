import { isDevelopmentFile } from '../../languages/dockerfile/fileRole.ts';
import { basename } from '../../text/paths.ts';

/** Whether a name (a profile, a part of a file's name) says that it is for work on the code or for tests. */
export function isDevelopmentName(name: string): boolean {
  return /(^|[.\-_])(dev|develop|development|local|debug|tests?|e2e|ci)([.\-_]|$)/i.test(name);
}

/** Whether a deployment file runs servers that nobody stops while they serve calls. */
export function isDevelopmentDeployment(path: string, roots: readonly string[]): boolean {
  return isDevelopmentFile(path, roots) || isDevelopmentName(basename(path));
}
