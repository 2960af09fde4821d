import type { TextEdit } from '../../text/edits.ts';
import type { Range } from '../../text/range.ts';

/** A string of an array to be, and the stretch of the old text that it replaces. */
export interface ArrayItem extends Range {
  readonly value: string;
}

/** The array as Docker's documentation writes it: `["node", "dist/index.js"]`. */
export function arrayText(strings: readonly string[]): string {
  return `[${strings.map((string) => JSON.stringify(string)).join(', ')}]`;
}

/** Turns words that stand in a text, separated by whitespace alone, into an array; what is between them stays. */
export function wordsToArray(items: readonly ArrayItem[], before: readonly string[]): TextEdit[] {
  return items.map(({ start, end, value }, index) => {
    const open = index === 0 ? `[${before.map((string) => `${JSON.stringify(string)}, `).join('')}` : '';
    const close = index === items.length - 1 ? ']' : ',';
    return { start, end, newText: `${open}${JSON.stringify(value)}${close}` };
  });
}

/**
 * The edits that make a text the inside of a JSON string.
 * @param isInWord whether an offset belongs to a word; a tab between words becomes a space, for the eye's sake
 */
export function escapesIn(text: string, isInWord: (offset: number) => boolean): TextEdit[] {
  return [...text.matchAll(/["\\\p{Cc}]/gu)].map(({ 0: character, index }) => {
    const isGap = character === '\t' && !isInWord(index);
    const newText = isGap ? ' ' : JSON.stringify(character).slice(1, -1);
    return { start: index, end: index + 1, newText };
  });
}

/** Where a character of a JSON string's value stands in the string's text, quotes included. */
export function offsetInString(literal: string, index: number): number {
  const pieces = /\\u[0-9a-fA-F]{4}|\\.|[^\\]/gsy;
  pieces.lastIndex = 1;
  for (let at = 0; at < index; at += 1) pieces.exec(literal);
  return pieces.lastIndex;
}
