import { styleText } from 'node:util';
import type { Severity } from '../engine/types.ts';

export type Format = Parameters<typeof styleText>[0];
export type Paint = (format: Format, text: string) => string;

/** Colours a text, or gives it back as it is. */
export function painter(isColored: boolean): Paint {
  // Whether the output takes colours was decided before; node is not to decide again.
  return isColored ? (format, text) => styleText(format, text, { validateStream: false }) : (_, text) => text;
}

/** Whether to colour, by option, then by the conventions NO_COLOR and FORCE_COLOR, then by the output. */
export function wantsColor(
  option: boolean | undefined,
  variables: Readonly<Record<string, string | undefined>>,
  isTTY: boolean,
): boolean {
  if (option !== undefined) return option;
  if (variables.NO_COLOR) return false;
  if (variables.FORCE_COLOR) return variables.FORCE_COLOR !== '0';
  return isTTY && variables.TERM !== 'dumb';
}

/** Whether the output takes more than ASCII: by the locale, as terminals do, or by a terminal that is known to. */
export function takesUnicode(variables: Readonly<Record<string, string | undefined>>): boolean {
  const locale = variables.LC_ALL || variables.LC_CTYPE || variables.LANG;
  if (locale) return /utf-?8/i.test(locale) && variables.TERM !== 'linux';
  return variables.WT_SESSION !== undefined || variables.TERM_PROGRAM !== undefined;
}

export const severityFormats = {
  error: 'red',
  warning: 'yellow',
  information: 'cyan',
  hint: 'gray',
} as const satisfies Record<Severity, Format>;

/**
 * A text from a file or its name, safe to print: control characters could steer the terminal, and marks that
 * turn the direction of writing could show another text than there is. Tabs stay.
 */
export function printable(text: string): string {
  return text.replace(/(?!\t)[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\uFEFF]/gu, '\uFFFD');
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const wide =
  /[\u1100-\u115F\u3000-\u303E\u3041-\u33FF\uA000-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6]|\p{Script=Han}|\p{Emoji_Presentation}|\uFE0F/u;

/** A character as a person sees it. */
export interface Cell {
  /** What is printed: blanks for a tab. */
  readonly text: string;
  /** The columns it takes in a terminal. */
  readonly width: number;
  /** The UTF-16 units it has in the source. */
  readonly length: number;
}

const tabSize = 4;

/** The characters of a line, from its first column on. */
export function cells(line: string): Cell[] {
  const result: Cell[] = [];
  let column = 0;
  for (const segment of segmentsOf(line)) {
    const isTab = segment === '\t';
    const width = isTab ? tabSize - (column % tabSize) : widthOf(segment);
    result.push({ text: isTab ? ' '.repeat(width) : segment, width, length: segment.length });
    column += width;
  }
  return result;
}

/** A line of ASCII has one character a unit; the segmenter would take a hundred times as long. */
function segmentsOf(line: string): string[] {
  if (/^[\t\x20-\x7E]*$/.test(line)) return line.split('');
  return Array.from(graphemes.segment(line), ({ segment }) => segment);
}

function widthOf(segment: string): number {
  if (wide.test(segment)) return 2;
  return /^\p{M}+$/u.test(segment) ? 0 : 1;
}
