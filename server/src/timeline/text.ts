import { type Picture, pictureOf } from './pieces.ts';
import type { SegmentKind, Verdict } from './timeline.ts';
import type { TimelineView } from './view.ts';
import {
  amountText,
  placedTitleOf,
  rowsOf,
  type Sign,
  segmentMeanings,
  sourcesText,
  verdictLabels,
} from './words.ts';

/** What a part of the text is, for those who colour it. */
export type Tone = SegmentKind | 'kill' | 'title' | Verdict['kind'];

export interface TextOptions {
  /** Cells of the bar. */
  readonly width: number;
  /** Plain ASCII where the reader's characters are not known to be more. */
  readonly isAscii: boolean;
  /** Colours a part of the text; default: none. */
  readonly paint?: (tone: Tone, text: string) => string;
}

const unicode: Readonly<Record<SegmentKind | 'kill', string>> = {
  stdin: '░',
  preStop: '░',
  drain: '█',
  shutdown: '█',
  cleanup: '▓',
  hang: '~',
  unknown: '?',
  slack: '·',
  overrun: '×',
  kill: '┃',
};

const ascii: typeof unicode = {
  stdin: '-',
  preStop: '-',
  drain: '#',
  shutdown: '#',
  cleanup: '=',
  hang: '~',
  unknown: '?',
  slack: '.',
  overrun: 'x',
  kill: '|',
};

const plain = (_: Tone, text: string) => text;

/** A timeline with its title: what stops which server, and what that comes to. */
export function timelineText(view: TimelineView, options: TextOptions): string {
  const { paint = plain } = options;
  const { kind, text } = view.verdict;
  return [
    paint('title', placedTitleOf(view)),
    `  ${paint(kind, verdictLabels[kind])}: ${text}`,
    ...[...barText(view, options), '', ...legend(view, options)].map((line) => `  ${line}`.trimEnd()),
    '',
  ].join('\n');
}

/** The bar and its scale. */
export function barText(view: TimelineView, options: TextOptions): [bar: string, scale: string] {
  const picture = pictureOf(view);
  const bar = barOf(picture, options);
  return [bar.text, scaleOf(view, picture, bar)];
}

/** How a line of numbers is marked; a signal, which has no part in the bar, is not. */
export function signText(sign: Sign, { isAscii, paint = plain }: Omit<TextOptions, 'width'>): string {
  return sign === 'signal' ? ' ' : paint(sign, (isAscii ? ascii : unicode)[sign]);
}

/** What the signs of the bars mean, for those that occur; one line each. */
export function keyLines(views: readonly TimelineView[], options: TextOptions): string[] {
  const signs = options.isAscii ? ascii : unicode;
  const kinds = new Set(views.flatMap((view) => pictureOf(view).pieces.map(({ kind }) => kind)));
  const { paint = plain } = options;
  return (Object.keys(segmentMeanings) as SegmentKind[])
    .filter((kind) => kinds.has(kind))
    .map((kind) => `${paint(kind, signs[kind])} ${segmentMeanings[kind]}`);
}

interface Bar {
  readonly text: string;
  /** The columns at which the pieces begin, and SIGKILL's. */
  readonly columns: readonly { readonly ms: number; readonly column: number }[];
  readonly width: number;
}

function barOf({ pieces, endMs, killMs }: Picture, { width, isAscii, paint = plain }: TextOptions): Bar {
  const signs = isAscii ? ascii : unicode;
  const cells = cellsOf(
    pieces.map((piece) => (piece.endMs - piece.startMs) / endMs),
    width,
  );
  const columns: { ms: number; column: number }[] = [];
  let [text, column] = ['', 0];
  const mark = (ms: number) => {
    if (ms !== killMs) return;
    columns.push({ ms, column });
    text += paint('kill', signs.kill);
    column += 1;
  };
  for (const [index, { kind, startMs }] of pieces.entries()) {
    mark(startMs);
    if (startMs !== killMs) columns.push({ ms: startMs, column });
    text += paint(kind, signs[kind].repeat(cells[index]!));
    column += cells[index]!;
  }
  mark(endMs);
  return { text, columns, width: column };
}

/** The cells of each share: at least one, together `width`. */
function cellsOf(shares: readonly number[], width: number): number[] {
  const cells = shares.map((share) => Math.max(1, Math.round(share * width)));
  const sum = cells.reduce((total, each) => total + each, 0);
  const largest = cells.indexOf(Math.max(...cells));
  return cells.map((each, index) => (index === largest ? Math.max(1, each + width - sum) : each));
}

/** Times under the bar, as far as there is room: that of SIGKILL first, then from the left. */
function scaleOf({ kill }: TimelineView, { endMs, killMs }: Picture, { columns, width }: Bar): string {
  const ends = killMs !== undefined && endMs > killMs ? [{ ms: endMs, column: width }] : [];
  const wanted = [...columns.filter(({ ms }) => ms === kill.atMs), ...columns, ...ends];
  let line = '';
  for (const { ms, column: start } of wanted) {
    const text = amountText(ms);
    const column = Math.max(0, Math.min(start, width - text.length));
    const padded = line.padEnd(column + text.length + 1);
    const around = padded.slice(Math.max(0, column - 1), column + text.length + 1);
    if (around.trim() === '') line = padded.slice(0, column) + text + padded.slice(column + text.length);
  }
  return line.trimEnd();
}

/** The numbers, with where each comes from. */
function legend(view: TimelineView, options: TextOptions): string[] {
  const rows = rowsOf(view);
  const labelWidth = Math.max(...rows.map(({ label }) => label.length));
  const amountWidth = Math.max(...rows.map(({ amount }) => amount.length));
  return rows.map(({ sign, label, amount, sources }) => {
    const numbers = `${label.padEnd(labelWidth)}  ${amount.padStart(amountWidth)}`;
    return `${signText(sign, options)} ${numbers}  ${sourcesText(sources)}`.trimEnd();
  });
}
