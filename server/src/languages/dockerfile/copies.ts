import { joinPath } from '../../text/paths.ts';
import { stringArray } from './execForm.ts';
import { wordsOf } from './variables.ts';

/** A COPY or ADD. */
export interface Copy {
  /** Paths in the build context, or in the stage or image `from`; with globs as written. */
  readonly sources: readonly string[];
  /** Absolute, or relative to the base image's own working folder. */
  readonly target: string;
  /** Whether the target is a folder for certain: a slash at its end, or several sources. */
  readonly isIntoFolder: boolean;
  /** What `--from` names. */
  readonly from?: string;
}

/**
 * Reads the argument of a COPY or ADD.
 * @param folder the working folder, absolute or relative to the base image's own
 * @param fill fills in variables; gives `undefined` where one is not known
 * @returns `undefined` for heredocs and where the target is not known
 */
export function readCopy(
  argument: string,
  folder: string,
  fill: (text: string) => string | undefined,
): Copy | undefined {
  const options = /^(?:--\S+\s+)*/.exec(argument)![0];
  const from = /--from=(\S+)/.exec(options)?.[1];
  const rest = argument.slice(options.length);
  const words = stringArray(rest) ?? wordsOf(rest).map((word) => word.replace(/^(["'])(.*)\1$/, '$2'));
  const paths = words.map(fill);
  const target = paths.at(-1);
  const sources = paths.slice(0, -1).filter((path) => path !== undefined);
  if (target === undefined || sources.length === 0 || words.some((word) => word.startsWith('<<'))) {
    return undefined;
  }
  const isIntoFolder = words.length > 2 || /(^|\/)\.?$/.test(target);
  return { sources, target: inFolder(folder, target), isIntoFolder, ...(from === undefined ? {} : { from }) };
}

/** A path of the image: absolute, or relative to the base image's own working folder, which is `''` itself. */
export function inFolder(folder: string, path: string): string {
  return joinPath(folder === '' ? '.' : folder, path);
}
