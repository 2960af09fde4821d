import ts from 'typescript';
import { LineMap } from '../../text/lineMap.ts';
import { scriptKind } from './parse.ts';

/**
 * Where a comment line can be put above the line that holds `offset`: at the start of that line, or, where the
 * line begins inside a template, a string or JSX text (a comment there would become text), at the start of the
 * line on which the statement around it begins.
 */
export function lineForComment(path: string, text: string, offset: number): number {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, scriptKind(path));
  const lines = new LineMap(text);
  const startOfLine = (at: number) => lines.lineStart(lines.positionAt(at).line);
  let line = startOfLine(offset);
  for (let inside = textAround(file, line); inside; inside = textAround(file, line)) {
    line = startOfLine(statementAround(inside).getStart(file));
  }
  return line;
}

/** The token of literal text that `offset` lies inside of, if there is one. */
function textAround(node: ts.Node, offset: number): ts.Node | undefined {
  if (offset < node.pos || offset > node.end) return undefined;
  // Text between tags has no delimiters: what is put at its end becomes a part of it.
  if (ts.isJsxText(node)) return offset > node.pos ? node : undefined;
  if (ts.isStringLiteralLike(node) || ts.isTemplateMiddleOrTemplateTail(node) || ts.isTemplateHead(node)) {
    return node.getStart() < offset && offset < node.end ? node : undefined;
  }
  return ts.forEachChild(node, (child) => textAround(child, offset));
}

function statementAround(node: ts.Node): ts.Node {
  const found = ts.findAncestor(node, (each) => ts.isStatement(each) || ts.isClassElement(each));
  return found ?? node.getSourceFile();
}
