import type { Expr, SourceFacts, Statement } from '../../languages/source/facts.ts';
import { isBlock, partsOf, walkExpression } from '../../languages/source/walk.ts';

/** The statement of a function's own body, or of a block inside it, that holds an expression; functions inside are not entered. */
export function statementAround(facts: SourceFacts, fn: number, expr: Expr): Statement | undefined {
  return find(facts.functions[fn]?.statements ?? [], (statement) => holds(statement, expr));
}

/** The statement that is this expression and nothing else. */
export function statementThatIs(facts: SourceFacts, fn: number, expr: Expr): Statement | undefined {
  return find(
    facts.functions[fn]?.statements ?? [],
    (statement) => statement.kind === 'expression' && statement.expr === expr,
  );
}

/** The statement that declares a binding, in a function's own body or a block inside it. */
export function declarationOf(
  facts: SourceFacts,
  binding: number,
): Extract<Statement, { kind: 'declare' }> | undefined {
  const owner = facts.bindings[binding]?.owner ?? 0;
  const found = find(
    facts.functions[owner]?.statements ?? [],
    (each) => each.kind === 'declare' && each.bindings.includes(binding),
  );
  return found?.kind === 'declare' ? found : undefined;
}

/** Where a statement stands: the block (its neighbours, itself included) and the statement around that, if any. */
export interface Place {
  readonly block: readonly Statement[];
  readonly around: Statement | undefined;
}

/** The place of a statement in a function's own body. */
export function placeOf(facts: SourceFacts, fn: number, statement: Statement): Place | undefined {
  return placeIn(facts.functions[fn]?.statements ?? [], undefined, statement);
}

function placeIn(
  block: readonly Statement[],
  around: Statement | undefined,
  wanted: Statement,
): Place | undefined {
  if (block.includes(wanted)) return { block, around };
  for (const statement of block) {
    for (const part of partsOf(statement)) {
      const found = isBlock(part) ? placeIn(part, statement, wanted) : undefined;
      if (found) return found;
    }
  }
  return undefined;
}

/** The innermost statement for which `matches` holds. */
function find(
  statements: readonly Statement[],
  matches: (statement: Statement) => boolean,
): Statement | undefined {
  for (const statement of statements) {
    for (const part of partsOf(statement)) {
      const inner = isBlock(part) ? find(part, matches) : undefined;
      if (inner) return inner;
    }
    if (matches(statement)) return statement;
  }
  return undefined;
}

function holds(statement: Statement, expr: Expr): boolean {
  let found = false;
  for (const part of partsOf(statement)) {
    if (isBlock(part)) continue;
    walkExpression(part, (inner) => {
      found ||= inner === expr;
      return !found;
    });
  }
  return found;
}

/**
 * The text by which the value of `made` can be had after its statement: the variable it is declared as, or what it is
 * assigned to; `undefined` where it is used at once.
 */
export function holderOf(
  statement: Statement,
  made: Expr,
  facts: SourceFacts,
  text: string,
): string | undefined {
  if (statement.kind === 'declare') {
    const [binding, ...others] = statement.bindings;
    const isPlain = others.length === 0 && statement.init && withoutAwait(statement.init) === made;
    return isPlain && binding !== undefined ? facts.bindings[binding]?.name : undefined;
  }
  if (statement.kind !== 'expression' || statement.expr.kind !== 'assign') return undefined;
  const { target, value, operator } = statement.expr;
  return operator === '=' && withoutAwait(value) === made ? text.slice(target.start, target.end) : undefined;
}

function withoutAwait(expr: Expr): Expr {
  return expr.kind === 'await' ? withoutAwait(expr.operand) : expr;
}
