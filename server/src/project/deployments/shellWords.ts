import { type DataNode, itemsOf, textOf } from '../../languages/data.ts';
import { parseShellCommand } from '../../languages/shell/parse.ts';
import type { CommandWords, Place } from './deployment.ts';

/**
 * The words of a command that is written as one text and split like a shell's, but run without one; `undefined` where
 * they cannot be known.
 */
export function splitWords(text: string): readonly string[] | undefined {
  const { list, isBroken } = parseShellCommand(text);
  const [item] = list.items;
  if (isBroken || list.items.length !== 1 || item?.command.kind !== 'simple') return undefined;
  const { command } = item;
  const words = command.words.map(({ value }) => value);
  const isPlain = command.assignments.length === 0 && !command.hasRedirections;
  return isPlain && words.every((word) => word !== undefined) ? words : undefined;
}

/** A command as a list of words or one text; `undefined` where there is none. */
export function commandWords(
  node: DataNode | undefined,
  path: string,
  fill: (text: string) => string | undefined = (text) => text,
): CommandWords | undefined {
  if (!node || (node.kind === 'scalar' && node.value === null)) return undefined;
  const at: Place = { path, range: { start: node.start, end: node.end } };
  if (node.kind === 'list') {
    const words = itemsOf(node).map((item) => fill(textOf(item) ?? '\0'));
    const isKnown = words.every((word) => word !== undefined && word !== '\0');
    const wordRanges = itemsOf(node).map(({ start, end }) => ({ start, end }));
    return { words: isKnown ? (words as string[]) : undefined, at, wordRanges };
  }
  const filled = fill(textOf(node) ?? '\0');
  return { words: filled === undefined || filled === '\0' ? undefined : splitWords(filled), at };
}
