import { isShellScript } from './fileKinds.ts';
import { memoized } from './memoize.ts';
import type { ProjectFile } from './project.ts';

/** The words of a file that may name a shell script. */
export const scriptNamesIn = memoized(({ text }: ProjectFile): readonly string[] =>
  [...new Set(text.match(/[\w.-]+/g))].filter(isShellScript),
);
