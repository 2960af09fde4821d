import type { SegmentKind } from './timeline.ts';
import type { TimelineView } from './view.ts';

/** A part of the picture: pieces follow each other, and none covers another. */
export interface Piece {
  readonly kind: SegmentKind;
  readonly startMs: number;
  readonly endMs: number;
}

/** A timeline as pieces on a line: what an overrun covers is left out of the others. */
export interface Picture {
  readonly pieces: readonly Piece[];
  /** Where the line ends. */
  readonly endMs: number;
  /** `undefined` where it is not known: then the line goes on. */
  readonly killMs: number | undefined;
}

/** The share of the line that stands for an end that nobody knows. */
const openShare = 0.2;
/** The length of a line on which nothing is known, in ms. */
const emptyMs = 1_000;

/** A timeline as shares of a line; what has no known end is drawn open. */
export function pictureOf({ segments, kill }: TimelineView): Picture {
  const killMs = kill.atMs ?? undefined;
  const limit = killMs ?? Number.POSITIVE_INFINITY;
  const knownEnd = Math.max(0, ...segments.map(({ startMs, ms }) => startMs + (ms ?? 0)));
  const endMs = killMs === undefined ? knownEnd / (1 - openShare) || emptyMs : Math.max(knownEnd, killMs);
  const pieces = segments.flatMap(({ kind, startMs, ms }): Piece[] => {
    const end = ms === null ? endMs : startMs + ms;
    const piece = { kind, startMs, endMs: kind === 'overrun' ? end : Math.min(end, limit) };
    return piece.endMs > piece.startMs ? [piece] : [];
  });
  const lastMs = pieces.at(-1)?.endMs ?? 0;
  const open: Piece[] =
    killMs === undefined && lastMs < endMs ? [{ kind: 'unknown', startMs: lastMs, endMs }] : [];
  return { pieces: [...pieces, ...open], endMs, killMs };
}
