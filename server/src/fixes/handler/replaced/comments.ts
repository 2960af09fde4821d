import type { Range } from '../../../text/range.ts';
import { commentLines, commentsIn, isDirective } from '../../source/comments.ts';
import type { PlannedFile } from '../../source/plannedFile.ts';
import { functionAt } from '../../source/scope.ts';
import { endWithComment, lineStart, startWithComments } from '../../textStyle.ts';
import type { ServingPlace } from '../places/serving.ts';
import type { OldBody, Part } from './body.ts';
import type { Obsolete } from './obsolete.ts';

/** Where the author's comments go from code that is taken out of a file. */
export interface KeptComments {
  /** Lines above the statement that begins at an offset. */
  readonly above: ReadonlyMap<number, readonly string[]>;
  /** What ends the line of that statement. */
  readonly behind: ReadonlyMap<number, readonly string[]>;
  /** What speaks of the end of the HTTP listener. */
  readonly closing: readonly string[];
  /** What speaks of the handler, or of its registration. */
  readonly rest: readonly string[];
}

export const noComments: KeptComments = { above: new Map(), behind: new Map(), closing: [], rest: [] };

/** What a comment may belong to. */
interface Piece {
  readonly statement: Range;
  readonly fn: number;
  /** What of it stays, as it is written; `undefined` where nothing does. */
  readonly kept: Range | undefined;
  readonly isClose: boolean;
}

/**
 * Sorts the comments of removed code: those of a statement that stays go with it, those of what is gone for good
 * (an exit, a guard, a timer that forces the exit) are dropped, and all others speak of the handler.
 */
export function keptComments(
  into: PlannedFile,
  removed: readonly Range[],
  bodies: readonly OldBody[],
  { flags, variables }: Pick<Obsolete, 'flags' | 'variables'>,
): KeptComments {
  const { text } = into.file;
  const pieces = piecesOf(bodies, flags);
  const dropped = bodies.flatMap((body) => body.dropped);
  const [above, behind] = [new Map<number, string[]>(), new Map<number, string[]>()];
  const closing: string[] = [];
  const rest: string[] = [];
  for (const comment of commentsIn(into, removed)) {
    const lines = commentLines(text, comment);
    const ends = ({ end }: Range) => end <= comment.start && comment.end <= endWithComment(text, end);
    const ended = pieces.find(({ statement }) => ends(statement));
    const piece = ended ?? pieceBelow(into, comment, pieces);
    const isOver = !piece && isDirective(lines.join('\n'));
    if (isOver || pieces.some(({ kept }) => kept && isWithin(comment, kept)) || variables.some(ends))
      continue;
    if (piece?.isClose) closing.push(...lines);
    else if (!ended && dropped.some((range) => isWithin(comment, range))) continue;
    else if (piece) add(ended ? behind : above, piece, lines);
    else if (!rest.includes(lines.join('\n'))) rest.push(lines.join('\n'));
  }
  // Documentation stands right above what it speaks of.
  const isDoc = (lines: string) => lines.startsWith('/**');
  const ordered = [...rest.filter((lines) => !isDoc(lines)), ...rest.filter(isDoc)];
  return { above, behind, closing, rest: ordered.flatMap((lines) => lines.split('\n')) };
}

/**
 * What speaks of a handler goes to a registration in the same file, if there is one.
 * @param isOf whether a place registers what takes the place of a file's handlers
 */
export function commentsAt(
  byFile: ReadonlyMap<PlannedFile, KeptComments>,
  places: readonly ServingPlace[],
  isOf: (into: PlannedFile, place: ServingPlace) => boolean,
): ReadonlyMap<ServingPlace, readonly string[]> {
  const found = new Map<ServingPlace, readonly string[]>();
  for (const [into, { rest }] of byFile) {
    const own = places.filter((place) => isOf(into, place));
    const place = own.find((each) => each.into.file === into.file) ?? own[0] ?? places[0];
    if (place) found.set(place, [...(found.get(place) ?? []), ...rest]);
  }
  return found;
}

/** In the order of the text; what several handlers run is there once. */
function piecesOf(bodies: readonly OldBody[], unused: ReadonlySet<number>): Piece[] {
  const found = new Map<number, Piece>();
  for (const { parts, gone } of bodies) {
    for (const part of parts) {
      const { statement, fn } = part;
      found.set(statement.start, { statement, fn, kept: keptOf(part, unused), isClose: false });
    }
    for (const each of gone) found.set(each.statement.start, { ...each, kept: undefined });
  }
  return [...found.values()].sort((a, b) => a.statement.start - b.statement.start);
}

function keptOf(part: Part, unused: ReadonlySet<number>): Range | undefined {
  if (part.kind === 'flag' && unused.has(part.binding)) return undefined;
  return part.kind === 'call' ? part.call : part.statement;
}

/** What a comment stands above: right above it even what is gone, else the next that stays. */
function pieceBelow(
  { file: { text }, facts }: PlannedFile,
  comment: Range,
  pieces: readonly Piece[],
): Piece | undefined {
  const fn = functionAt(facts, comment.start);
  const below = pieces.filter((piece) => piece.fn === fn && piece.statement.start >= comment.end);
  return below.find(({ statement, kept, isClose }) => {
    const first = startWithComments(text, lineStart(text, statement.start));
    return kept !== undefined || isClose || first <= comment.start;
  });
}

function add(to: Map<number, string[]>, { statement, kept }: Piece, lines: readonly string[]): void {
  if (kept) to.set(statement.start, [...(to.get(statement.start) ?? []), ...lines]);
}

function isWithin(inner: Range, { start, end }: Range): boolean {
  return start <= inner.start && inner.end <= end;
}
