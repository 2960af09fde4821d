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
  return find(file);
}
