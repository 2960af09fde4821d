import type { Expr, SourceFacts, Statement } from '../../languages/source/facts.ts';
import { isBlock, partsOf, walkExpression, walkStatements } from '../../languages/source/walk.ts';
import { classOfThis } from '../../project/classState.ts';
import type { Range } from '../../text/range.ts';
import { declarationOf, placeOf } from './statements.ts';

type NameExpr = Extract<Expr, { kind: 'name' }>;

/** What some code uses that is not its own. */
export interface Uses {
  readonly names: readonly NameExpr[];
  readonly usesThis: boolean;
  /** Strings in back quotes: white space in them is text. */
  readonly templates: readonly Range[];
}

/** The names in some code, those inside its functions too. */
export function usesOf(facts: SourceFacts, code: readonly (Expr | Statement)[]): Uses {
  const names: NameExpr[] = [];
  const templates: Range[] = [];
  let usesThis = false;
  const visit = (expr: Expr): void => {
    if (expr.kind === 'name') names.push(expr);
    if (expr.kind === 'template' || expr.kind === 'literal') templates.push(expr);
    if (expr.kind === 'this' || expr.kind === 'super') usesThis = true;
    if (expr.kind === 'function') walkStatements(facts.functions[expr.fn]?.statements ?? [], visit);
    // A class may use anything anywhere.
    if (expr.kind === 'class') usesThis = true;
  };
  for (const part of code) {
    if (isStatement(part)) walkStatements([part], visit);
    else walkExpression(part, visit);
  }
  const own = (binding: number) => {
    const range = facts.bindings[binding]?.range;
    return range !== undefined && code.some(({ start, end }) => range.start >= start && range.end <= end);
  };
  return { names: names.filter(({ binding }) => binding < 0 || !own(binding)), usesThis, templates };
}

const statementKinds = new Set([
  'expression',
  'declare',
  'if',
  'loop',
  'try',
  'switch',
  'return',
  'throw',
  'jump',
  'block',
]);

function isStatement(part: Expr | Statement): part is Statement {
  return statementKinds.has(part.kind);
}

/** A function of a file, as the place to which code is moved; 0 is the module's own top level. */
export interface NewPlace {
  readonly facts: SourceFacts;
  readonly fn: number;
  /** Where in the function; unset where only what all of it sees counts. */
  readonly offset?: number;
}

/** Whether code that stood in the function `from` means the same in another function of the file. */
export function meansTheSame({ names, usesThis }: Uses, from: number, place: NewPlace): boolean {
  const { facts, fn } = place;
  if (
    usesThis &&
    (fn === 0 || classOfThis(facts, from) < 0 || classOfThis(facts, from) !== classOfThis(facts, fn))
  ) {
    return false;
  }
  return names.every(({ binding }) => binding < 0 || isVisible(binding, place));
}

/** Whether a binding can be named at a place: it belongs to the function or to one around it, and to no other block. */
export function isVisible(id: number, { facts, fn, offset }: NewPlace): boolean {
  const binding = facts.bindings[id];
  if (!binding) return false;
  for (let at = facts.functions[fn]; at; at = facts.functions[at.parent]) {
    if (at.id !== binding.owner) continue;
    if (binding.kind !== 'const' && binding.kind !== 'let') return true;
    const declaration = declarationOf(facts, id);
    const block = declaration && placeOf(facts, at.id, declaration)?.block;
    if (!block || block === at.statements) return block !== undefined;
    const [first, last] = [block[0], block.at(-1)];
    return offset !== undefined && first && last ? first.start <= offset && offset < last.end : false;
  }
  return false;
}

/** The innermost function around an offset. */
export function functionAt(facts: SourceFacts, offset: number): number {
  let found = 0;
  for (const { id, body } of facts.functions) {
    if (id !== 0 && body.start <= offset && offset < body.end) found = Math.max(found, id);
  }
  return found;
}

/** Whether some code can leave the function that it stands in before its end. */
export function jumpsOut(statements: readonly Statement[]): boolean {
  return statements.some(
    (statement) =>
      statement.kind === 'return' ||
      statement.kind === 'throw' ||
      partsOf(statement).some((part) => isBlock(part) && jumpsOut(part)),
  );
}
