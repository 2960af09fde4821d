import ts from 'typescript';
import type { Range } from '../../text/range.ts';

/** The literal text (of a string, a template, between tags) that something put at `offset` would become a part of. */
export function textAround(file: ts.SourceFile, offset: number): Range | undefined {
  const find = (node: ts.Node): Range | undefined => {
    if (offset < node.pos || offset > node.end) return undefined;
    // Text between tags has no delimiters: what is put at its end belongs to it.
    if (ts.isJsxText(node)) return offset > node.pos ? { start: node.pos, end: node.end } : undefined;
    if (ts.isStringLiteralLike(node) || ts.isTemplateMiddleOrTemplateTail(node) || ts.isTemplateHead(node)) {
      const start = node.getStart(file);
      return start < offset && offset < node.end ? { start, end: node.end } : undefined;
    }
    return ts.forEachChild(node, find);
  };
  return statementsAt(file, offset)
    .map(find)
    .find((range) => range !== undefined);
}

/** The top-level statements that an offset lies in or between; found by halving, because a file may have thousands. */
function statementsAt({ statements }: ts.SourceFile, offset: number): readonly ts.Statement[] {
  let low = 0;
  let high = statements.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((statements[middle] as ts.Statement).end < offset) low = middle + 1;
    else high = middle;
  }
  return statements.slice(low, low + 2);
}
