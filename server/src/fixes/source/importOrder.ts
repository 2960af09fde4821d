import { insertAt, type TextEdit } from '../../text/edits.ts';
import { startWithComments } from '../textStyle.ts';

/** Where a module comes from: what belongs together in the order that people and their tools keep. */
const kinds = ['node', 'package', 'local'] as const;
type Kind = (typeof kinds)[number];

/** An import at the top of a file, or a `require` there. */
interface Entry {
  readonly specifier: string;
  readonly kind: Kind;
  /** It brings types alone. */
  readonly isType: boolean;
  readonly start: number;
  /** The end of its line, a comment behind it included. */
  readonly end: number;
}

/** An import that a file is to get, as a line in its style. */
export interface NewImport {
  readonly from: string;
  readonly isType: boolean;
  readonly line: string;
}

/** The order of imports in a new file: by kind, then by the alphabet. */
export function byKind(a: { readonly from: string }, b: { readonly from: string }): number {
  return kinds.indexOf(kindOf(a.from)) - kinds.indexOf(kindOf(b.from)) || compare(a.from, b.from);
}

const imported =
  /^import\s+(type\s+)?(?:(?:[\w$*\s,]|\{[^{}]*\}){0,200}?from\s*)?(['"])([^'"\r\n]+)\2[^\r\n]*/gm;
const required = /^(?:const|let|var)\s+[^=;]{0,500}?=\s*()require\((['"])([^'"\r\n]+)\2\)[^\r\n]*/gm;

/** So many characters behind the last import may be more of them. */
const longestTypes = 5_000;

/** The imports of a text up to an offset, and those right behind it that only bring types. */
function entriesOf(text: string, end: number, isRequire: boolean): Entry[] {
  const entries: Entry[] = [];
  const top = text.slice(0, end + longestTypes);
  for (const match of top.matchAll(isRequire ? required : imported)) {
    const [all, type, , specifier = ''] = match;
    const start = match.index;
    if (start >= end && text.slice(entries.at(-1)?.end ?? end, start).trim() !== '') break;
    entries.push({ specifier, kind: kindOf(specifier), isType: !!type, start, end: start + all.length });
  }
  return entries;
}

/** The end of the imports of a text that has some up to an offset. */
export function endOfImports(text: string, end: number): number {
  return Math.max(end, entriesOf(text, end, false).at(-1)?.end ?? 0);
}

/** The text between the braces of an import that brings types of a module alone; `undefined` where there is none. */
export function typeList(text: string, from: string): { start: number; end: number } | undefined {
  for (const { index, 0: head, 1: list = '' } of text.matchAll(/^import\s+type\s*\{([^{}]+)\}\s*from\s*/gm)) {
    const start = index + head.indexOf('{') + 1;
    const isIt = ["'", '"'].some((quote) => text.startsWith(quote + from + quote, index + head.length));
    if (isIt && list.trim() !== '' && !/\/[/*]/.test(list)) return { start, end: start + list.length };
  }
  return undefined;
}

/**
 * Where new imports belong among those that a file has: beside those of the same package or kind, in the order of the
 * alphabet where the file keeps to it.
 * @param end where the file's imports end
 * @returns edits, and the lines that belong at that end
 */
export function ordered(
  added: readonly NewImport[],
  text: string,
  end: number,
  isRequire: boolean,
  newline: string,
): { edits: TextEdit[]; lines: string[] } {
  const entries = entriesOf(text, end, isRequire);
  const isSorted = areSorted(entries);
  const lines: string[] = [];
  const edits: TextEdit[] = [];
  for (const each of isSorted ? [...added].sort((a, b) => compare(a.from, b.from)) : added) {
    const edit = placeOf(each, entries, text, isSorted, newline);
    if (edit && edit.start !== end) edits.push(edit);
    else lines.push(each.line);
  }
  return { edits, lines };
}

/** `undefined`: behind all of them. */
function placeOf(
  { from, isType, line }: NewImport,
  entries: readonly Entry[],
  text: string,
  isSorted: boolean,
  newline: string,
): TextEdit | undefined {
  const kind = kindOf(from);
  const behind = ({ end }: Entry, gap = '') => insertAt(end, newline + gap + line);
  const typesApart = entries.findLastIndex((each) => !each.isType) < entries.findIndex((each) => each.isType);
  const mates = isType && typesApart ? entries.filter((each) => each.isType) : entries;
  const same = mates.filter((each) => each.kind === kind);
  const last = same.at(-1);
  if (last) {
    const next = isSorted ? same.find(({ specifier }) => compare(from, specifier) < 0) : undefined;
    const above = next && inFront(next, text);
    if (above !== undefined) return insertAt(above, line + newline);
    const ofPackage = same.findLast(({ specifier }) => packageOf(specifier) === packageOf(from));
    return behind(next || isSorted ? last : (ofPackage ?? last));
  }
  if (kind === 'local' || (isType && typesApart)) return undefined;
  const gap = hasGaps(entries, text) ? newline : '';
  const earlier = entries.findLast((each) => kinds.indexOf(each.kind) < kinds.indexOf(kind));
  const first = entries.find((each) => kinds.indexOf(each.kind) > kinds.indexOf(kind));
  if (!first || (earlier && earlier.start > first.start)) return undefined;
  if (earlier) return behind(earlier, gap);
  const above = inFront(first, text);
  return above === undefined ? undefined : insertAt(above, line + newline + gap);
}

/** Where lines in front of an import go: nothing comes between it and a comment, which may also be that of its group. */
function inFront({ start }: Entry, text: string): number | undefined {
  return startWithComments(text, start) === start ? start : undefined;
}

function kindOf(specifier: string): Kind {
  if (specifier.startsWith('node:') || builtin.test(specifier)) return 'node';
  return /^(?:[./~#]|@\/)/.test(specifier) ? 'local' : 'package';
}

const builtin =
  /^(?:assert|async_hooks|buffer|child_process|cluster|crypto|dgram|dns|events|fs|http|http2|https|module|net|os|path|perf_hooks|process|querystring|readline|stream|timers|tls|tty|url|util|v8|vm|worker_threads|zlib)(?:\/\w+)?$/;

/** `@scope/name` of `@scope/name/part`. */
function packageOf(specifier: string): string {
  return /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
}

/** Whether the imports of each kind are in order; too few of them tell nothing. */
function areSorted(entries: readonly Entry[]): boolean {
  const pairs = kinds.flatMap((kind) => {
    const own = entries.filter((each) => each.kind === kind);
    return own.slice(1).map(({ specifier }, index) => compare(own[index]?.specifier ?? '', specifier) <= 0);
  });
  return pairs.length > 1 && !pairs.includes(false);
}

function compare(a: string, b: string): number {
  const [one, other] = [a.toLowerCase(), b.toLowerCase()];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Whether an empty line stands between imports of different kinds. */
function hasGaps(entries: readonly Entry[], text: string): boolean {
  const turns = entries.flatMap((entry, index) => {
    const next = entries[index + 1];
    return next && next.kind !== entry.kind ? [text.slice(entry.end, next.start)] : [];
  });
  return turns.length > 0 && turns.every((between) => /\n[ \t]*\r?\n/.test(between));
}
