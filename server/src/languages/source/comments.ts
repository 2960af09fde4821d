import ts from 'typescript';
import { type Directive, parseDirective } from '../directives.ts';
import { textAround } from './literalText.ts';

const marker = 'mcp-shutdown-disable';

/** The suppression comments of a file; the marker inside a string, template or JSX text is none. */
export function readDirectives(file: ts.SourceFile): Directive[] {
  const { text } = file;
  const found: Directive[] = [];
  for (let at = text.indexOf(marker); at >= 0; at = text.indexOf(marker, at + marker.length)) {
    const comment = commentAround(file, at);
    const directive = comment && parseDirective(text.slice(comment.start, comment.end), comment.start);
    if (!directive) continue;
    const target = nextCodeLine(text, comment.end);
    found.push({ ...directive, target, targetEnd: logicalLineEnd(file, target) });
  }
  return found;
}

function commentAround(file: ts.SourceFile, offset: number): { start: number; end: number } | undefined {
  const token = tokenWithTrivia(file, offset);
  const { text } = file;
  const comments = [
    ...(ts.getLeadingCommentRanges(text, token.pos) ?? []),
    ...(ts.getTrailingCommentRanges(text, token.pos) ?? []),
  ];
  const around = comments.find(({ pos, end }) => pos <= offset && offset < end);
  return around && { start: around.pos, end: around.end };
}

/** The smallest node whose text, comments in front included, holds the offset. */
function tokenWithTrivia(file: ts.SourceFile, offset: number): ts.Node {
  let node: ts.Node = file;
  for (;;) {
    const inner: ts.Node | undefined = node
      .getChildren(file)
      .find((child) => child.pos <= offset && offset < child.end);
    if (!inner) return file.endOfFileToken.pos <= offset ? file.endOfFileToken : node;
    if (inner.getChildCount(file) === 0) return inner;
    node = inner;
  }
}

/** The start of the next line that holds more than white space or a line comment. */
function nextCodeLine(text: string, from: number): number {
  let at = lineEnd(text, from);
  while (at < text.length) {
    const end = lineEnd(text, at);
    if (!/^\s*(\/\/.*)?$/.test(text.slice(at, end).trimEnd())) return at;
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
