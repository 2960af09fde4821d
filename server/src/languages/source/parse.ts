import type ts from 'typescript';
import type { Directive } from '../directives.ts';
import { readDirectives } from './comments.ts';
import { commonJsExports } from './commonJs.ts';
import { Context } from './context.ts';
import { readExpression } from './expressions.ts';
import type { SourceFacts } from './facts.ts';
import { readClass, readFunction } from './functions.ts';
import { declareImports } from './modules.ts';
import { declareBlock, declareVars } from './patterns.ts';
import { parseSourceFile } from './sourceFile.ts';
import { readStatements } from './statements.ts';

const readers = {
  expression: readExpression,
  statements: readStatements,
  functionLike: readFunction,
  classLike: readClass,
};

/**
 * Parses and reduces one TypeScript or JavaScript file. The path only tells the dialect (`.tsx`, `.js`).
 * Broken text gives what could be read of it, with `hasSyntaxErrors` set.
 * @throws RangeError for text that takes the parser out of all proportion.
 */
export function parseSource(path: string, text: string): { facts: SourceFacts; directives: Directive[] } {
  const file = parseSourceFile(path, text);
  const cx = new Context(file, readers);
  cx.functions.push({
    id: 0,
    name: '',
    range: { start: 0, end: text.length },
    body: { start: 0, end: text.length },
    nameRange: undefined,
    isAsync: true,
    isArrow: false,
    parameters: [],
    parametersEnd: 0,
    statements: [],
    parent: -1,
    ownerClass: -1,
  });
  declareImports(cx, file.statements);
  declareVars(cx, file);
  declareBlock(cx, file.statements);
  const top = readStatements(cx, file.statements);
  const module = cx.functions[0];
  if (module) module.statements = top;
  cx.exports.push(...commonJsExports(top));
  const { imports, exports, functions, classes, bindings } = cx;
  return {
    facts: { hasSyntaxErrors: hasSyntaxErrors(file), imports, exports, functions, classes, bindings },
    directives: readDirectives(file),
  };
}

/** The parser keeps its errors on the file; that the field is not in the public types is an oversight of old. */
function hasSyntaxErrors(file: ts.SourceFile): boolean {
  const { parseDiagnostics } = file as unknown as { parseDiagnostics?: readonly unknown[] };
  return (parseDiagnostics?.length ?? 0) > 0;
}
