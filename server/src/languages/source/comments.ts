import ts from 'typescript';
import { type Directive, parseDirective } from '../directives.ts';
import { textAround } from './literalText.ts';

const marker = 'mcp-shutdown-disable';

/** The suppression comments of a file; the marker inside a string, template or JSX text is none. */
export function readDirectives(file: ts.SourceFile): Directive[] {
  const { text } = file;
  const found: Directive[] = [];
  // Backwards, so that of a stack of comments each looks no further than the one below it.
  for (const comment of markedComments(file).toReversed()) {
    const directive = parseDirective(text.slice(comment.pos, comment.end), comment.pos);
    if (!directive) continue;
    const target = nextCodeLine(text, comment.end, found.at(-1));
    found.push({ ...directive, target, targetEnd: logicalLineEnd(file, target) });
  }
  return found.toReversed();
}

/** The comments that hold the marker, in the order of the text; found in one walk over the parts that may hold one. */
function markedComments(file: ts.SourceFile): ts.CommentRange[] {
  const { text } = file;
  const marks: number[] = [];
  for (let at = text.indexOf(marker); at >= 0; at = text.indexOf(marker, at + marker.length)) marks.push(at);
  const found = new Map<number, ts.CommentRange>();
  const visit = (node: ts.Node): void => {
    if (!holdsOne(marks, node)) return;
    const children = node.getChildren(file);
    for (const child of children) visit(child);
    // Text between tags has no comments, whatever it looks like.
    if (children.length === 0 && !ts.isJsxText(node)) collectComments(text, node.pos, found);
  };
  if (marks.length > 0) {
    visit(file);
    collectComments(text, file.endOfFileToken.pos, found);
  }
  return [...found.values()].sort((a, b) => a.pos - b.pos);
}

/** Whether one of the sorted offsets lies in the node. */
function holdsOne(offsets: readonly number[], { pos, end }: ts.Node): boolean {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((offsets[middle] as number) < pos) low = middle + 1;
    else high = middle;
  }
  return low < offsets.length && (offsets[low] as number) < end;
}

/** The comments between a token and the one before it. */
function collectComments(text: string, start: number, found: Map<number, ts.CommentRange>): void {
  const comments = [
    ...(ts.getLeadingCommentRanges(text, start) ?? []),
    ...(ts.getTrailingCommentRanges(text, start) ?? []),
  ];
  for (const comment of comments) {
    if (text.slice(comment.pos, comment.end).includes(marker)) found.set(comment.pos, comment);
  }
}

/** The start of the next line that holds more than white space or a line comment; what the directive below speaks of, where one is. */
function nextCodeLine(text: string, from: number, below: Directive | undefined): number {
  let at = lineEnd(text, from);
  while (at < text.length) {
    const end = lineEnd(text, at);
    if (!/^\s*(\/\/.*)?$/.test(text.slice(at, end).trimEnd())) return at;
    if (below && at <= below.range.start && below.range.start < end) return below.target;
    at = end;
  }
  return text.length;
}

/** The end of a line and of those behind it that begin inside literal text, where no comment can stand. */
function logicalLineEnd(file: ts.SourceFile, start: number): number {
  let end = lineEnd(file.text, start);
  for (let around = textAround(file, end); around && end < file.text.length; around = textAround(file, end)) {
    end = lineEnd(file.text, around.end);
  }
  return end;
}

/** The offset behind the line ending of the line that holds `from`. */
function lineEnd(text: string, from: number): number {
  const match = /\r\n|\n|\r/g;
  match.lastIndex = from;
  const found = match.exec(text);
  return found ? found.index + found[0].length : text.length;
}
