import type { Range } from '../../text/range.ts';

/** What keeps an array from being JSON, most telling first. */
export const arrayDefects = [
  'nested',
  'missing-quote',
  'missing-open',
  'missing-close',
  'single-quotes',
  'typographic-quotes',
  'bare-words',
  'not-strings',
  'missing-comma',
  'trailing-comma',
  'extra-comma',
  'bad-escape',
  'comment-behind',
  'text-behind',
] as const;
export type ArrayDefect = (typeof arrayDefects)[number];

/** One string as it was meant. */
export interface ArrayElement extends Range {
  readonly value: string;
}

/** An array that is not JSON, read as it was probably meant. Ranges are those of the text that was read. */
export interface BrokenArray {
  /** Never empty. */
  readonly defects: ReadonlySet<ArrayDefect>;
  /** Whether the elements are certainly the strings that were meant, or at least likely; not so with stray quotes. */
  readonly isReadable: boolean;
  readonly elements: readonly ArrayElement[];
  /** Where the closing bracket stands, if there is one. */
  readonly close?: number;
  /** What follows the closing bracket, trimmed. */
  readonly behind: string;
}

/**
 * Reads the argument of a CMD or ENTRYPOINT that is not a JSON array of strings.
 * @returns `undefined` when it is JSON after all, or was not meant as an array (a shell's `[ -f x ] && ...`)
 */
export function readBrokenArray(text: string): BrokenArray | undefined {
  const reader = new ArrayReader(text);
  if (text.startsWith('[') ? isShellTest(text) : !reader.looksLikeRest()) return undefined;
  const result = reader.read();
  return result.defects.size > 0 ? result : undefined;
}

/** The strings of an array that is JSON, with their places in the text. */
export function arrayElements(text: string): readonly ArrayElement[] {
  return new ArrayReader(text).read().elements;
}

/** A test command of the shell: `[` and `]` stand alone, with a test's operator inside or a list behind. */
function isShellTest(text: string): boolean {
  if (text.startsWith('[[')) return true;
  if (!/^\[\s/.test(text)) return false;
  const inside = /^\[\s(.*?)\s\]\s*(&&|\|\||;|$)/s.exec(text);
  if (!inside) return false;
  return inside[2] !== '' || /(^|\s)(-[a-zA-Z]{1,2}|!?=|==)(\s|$)/.test(inside[1]!);
}

const openingQuotes = '"\'\u201c\u201d\u201e\u2018\u2019';
const typographicClosing = '\u201c\u201d\u2018\u2019"';

class ArrayReader {
  private at = 0;
  private readonly defects = new Set<ArrayDefect>();
  private readonly elements: ArrayElement[] = [];
  private isReadable = true;

  constructor(private readonly text: string) {}

  /** Without the opening bracket: quoted strings with a comma behind the first, or a `]` that nothing opened. */
  looksLikeRest(): boolean {
    const quoted = /^("[^"]*"|'[^']*'|\u201c[^\u201d]*\u201d)\s*,\s*["'\u201c]/.test(this.text);
    return quoted || (/^[^\s,[\]$]+\s*,/.test(this.text) && /^[^[]*\]$/.test(this.text));
  }

  read(): BrokenArray {
    if (this.text[0] === '[') this.at = 1;
    else this.defects.add('missing-open');
    let separators = 0;
    for (;;) {
      this.skipSpace();
      const next = this.text[this.at];
      if (next === undefined || next === ']') break;
      if (next === ',') {
        this.at += 1;
        separators += 1;
        if (separators > 1 || this.elements.length === 0) this.defects.add('extra-comma');
        continue;
      }
      if (this.elements.length > 0 && separators === 0) this.defects.add('missing-comma');
      separators = 0;
      this.readElement(next);
    }
    if (separators > 0 && this.elements.length > 0) this.defects.add('trailing-comma');
    const { defects, elements, isReadable } = this;
    return { defects, elements, isReadable, ...this.readEnd() };
  }

  private skipSpace(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at += 1;
  }

  private readElement(first: string): void {
    if (first === '[' || first === '{') {
      this.defects.add('nested');
      this.isReadable = false;
      this.at += 1;
    } else if (first === '"') this.readDoubleQuoted();
    else if (openingQuotes.includes(first)) this.readOtherQuoted(first);
    else this.readBare();
  }

  private readDoubleQuoted(): void {
    const start = this.at;
    const string = /"((?:\\.|[^"\\])*)"/sy;
    string.lastIndex = start;
    const match = string.exec(this.text);
    if (!match) {
      this.readUnclosed();
      return;
    }
    this.at = string.lastIndex;
    this.add(
      start,
      unescaped(match[1]!, () => this.defects.add('bad-escape')),
    );
  }

  private readOtherQuoted(first: string): void {
    const closing = first === "'" ? "'" : typographicClosing;
    const start = this.at;
    let end = start + 1;
    while (end < this.text.length && !closing.includes(this.text[end]!)) end += 1;
    if (end === this.text.length) {
      this.readUnclosed();
      return;
    }
    this.defects.add(first === "'" ? 'single-quotes' : 'typographic-quotes');
    this.at = end + 1;
    this.add(start, this.text.slice(start + 1, end));
  }

  /** A quote that nothing closes: the string goes up to the closing bracket. */
  private readUnclosed(): void {
    const start = this.at;
    this.defects.add('missing-quote');
    const value = this.text.slice(start + 1).replace(/\s*\]\s*$/, '');
    this.at = start + 1 + value.length;
    this.add(start, value);
  }

  private readBare(): void {
    const start = this.at;
    while (this.at < this.text.length && !/[\s,\]]/.test(this.text[this.at]!)) this.at += 1;
    const word = this.text.slice(start, this.at);
    const quoteAt = [...word].findIndex((character) => openingQuotes.includes(character));
    if (quoteAt < 0) {
      this.defects.add(/^(-?\d+(\.\d+)?|true|false|null)$/.test(word) ? 'not-strings' : 'bare-words');
    } else {
      this.defects.add('missing-quote');
      if (quoteAt < word.length - 1) this.isReadable = false;
    }
    this.add(start, quoteAt < 0 ? word : word.slice(0, quoteAt));
  }

  private add(start: number, value: string): void {
    this.elements.push({ start, end: this.at, value });
    if (/[\s,\]]/.test(this.text[this.at] ?? ' ')) return;
    this.defects.add('missing-quote');
    this.isReadable = false;
  }

  private readEnd(): Pick<BrokenArray, 'close' | 'behind'> {
    if (this.text[this.at] !== ']') {
      this.defects.add('missing-close');
      return { behind: '' };
    }
    const behind = this.text.slice(this.at + 1).trim();
    if (behind !== '') this.defects.add(behind.startsWith('#') ? 'comment-behind' : 'text-behind');
    return { close: this.at, behind };
  }
}

/**
 * Resolves JSON's escapes; a backslash that starts none of them, and a raw control character, stand for themselves.
 * In a Windows path with single backslashes all of them do, also those that would make an escape (`C:\\node`).
 */
function unescaped(content: string, onBadEscape: () => void): string {
  const isWindowsPath = /^[a-z]:\\(?!\\)/i.test(content);
  try {
    if (!isWindowsPath) return JSON.parse(`"${content}"`) as string;
  } catch {
    // Not JSON: read it as it was probably meant.
  }
  onBadEscape();
  const escapes = isWindowsPath ? /\\["\\]/g : /\\(u[0-9a-fA-F]{4}|["\\/bfnrt])/g;
  return content.replace(escapes, (sequence) => JSON.parse(`"${sequence}"`) as string);
}
