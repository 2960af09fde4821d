import type { Expr, SourceFacts, Statement } from '../../../languages/source/facts.ts';
import { isBlock, partsOf } from '../../../languages/source/walk.ts';
import type { PlannedFile } from '../../source/plannedFile.ts';
import { statementAround } from '../../source/statements.ts';

/**
 * The statement around an expression, if lines can be put before and behind it: not the body of an `if` without
 * braces, nor of an arrow function that is an expression.
 */
export function statementWithRoom(
  { file, facts }: PlannedFile,
  fn: number,
  expr: Expr,
): Statement | undefined {
  const statement = statementAround(facts, fn, expr);
  return statement && hasRoom(file.text, facts, fn, statement) ? statement : undefined;
}

function hasRoom(text: string, facts: SourceFacts, fn: number, statement: Statement): boolean {
  const list = listWith(facts.functions[fn]?.statements ?? [], statement);
  // A body without braces is one statement.
  if (!list || list.length > 1 || list === facts.functions[0]?.statements) return list !== undefined;
  const before = text.slice(Math.max(0, statement.start - 1_000), statement.start);
  const code = before.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/[^\n]*/g, '').trimEnd();
  return /[{;:]$/.test(code);
}

function listWith(statements: readonly Statement[], wanted: Statement): readonly Statement[] | undefined {
  if (statements.includes(wanted)) return statements;
  for (const part of statements.flatMap(partsOf)) {
    const found = isBlock(part) ? listWith(part, wanted) : undefined;
    if (found) return found;
  }
  return undefined;
}
