import type { Expr, FunctionFact, SourceFacts, Statement } from '../../languages/source/facts.ts';
import { childrenOf, isBlock, partsOf, walkExpression } from '../../languages/source/walk.ts';
import type { CallExpr } from '../program.ts';

const known = new WeakMap<FunctionFact, ReadonlySet<CallExpr>>();

/**
 * The calls in a function's own body that may be made once only, or not at all, however often the function runs: under a
 * condition, or behind an early return, that asks for something remembered from before (a flag or an instance outside
 * the function or in `this`), for a parameter, or for the listeners that are there already.
 */
export function guardedCalls(facts: SourceFacts, fn: number): ReadonlySet<CallExpr> {
  const fact = facts.functions[fn];
  if (!fact) return new Set();
  const before = known.get(fact);
  if (before) return before;
  const found = new Set<CallExpr>();
  const asks = (test: Expr) => asksForMemory(test, facts, fact);
  walk(fact.statements, false);
  known.set(fact, found);
  return found;

  /** @returns whether what comes after is guarded too */
  function walk(statements: readonly Statement[], isGuarded: boolean): boolean {
    let guarded = isGuarded;
    for (const statement of statements) {
      if (statement.kind === 'if') {
        note(statement.test, guarded);
        const inside = guarded || asks(statement.test);
        walk(statement.then, inside);
        walk(statement.otherwise, inside);
        if (inside && (turnsBack(statement) || leaves(statement.otherwise))) guarded = true;
        continue;
      }
      for (const part of partsOf(statement)) {
        if (isBlock(part)) guarded = walk(part, guarded) || guarded;
        else note(part, guarded);
      }
    }
    return guarded;
  }

  function note(expr: Expr, isGuarded: boolean): void {
    if (isGuarded && expr.kind === 'call') found.add(expr);
    const isMemory =
      (expr.kind === 'choice' && asks(expr.test)) ||
      (expr.kind === 'assign' && /^(\?\?|\|\|)=/.test(expr.operator));
    for (const inner of childrenOf(expr)) note(inner, isGuarded || isMemory);
  }
}

/** `if (started) return;`, but not `if (!connection) throw ...`, which lets every later run pass. */
function turnsBack({ test, then }: Extract<Statement, { kind: 'if' }>): boolean {
  const last = then.at(-1);
  const isCheck =
    test.kind === 'unary' && (last?.kind === 'block' ? last.body.at(-1) : last)?.kind === 'throw';
  return leaves(then) && !isCheck;
}

/** Whether a block ends with `return` or `throw`. */
export function leaves(statements: readonly Statement[]): boolean {
  const last = statements.at(-1);
  if (last?.kind === 'block') return leaves(last.body);
  return last?.kind === 'return' || last?.kind === 'throw';
}

function asksForMemory(test: Expr, facts: SourceFacts, { id }: FunctionFact): boolean {
  let found = false;
  walkExpression(test, (expr) => {
    // What is looked up in something (`sessions[id]`, `id in sessions`, `sessions.has(id)`) may differ each time.
    if (expr.kind === 'index' || (expr.kind === 'binary' && expr.operator === 'in')) return false;
    if (expr.kind === 'call') {
      found ||= expr.callee.kind === 'member' && /^listener(Count|s)$/.test(expr.callee.property);
      return false;
    }
    if (expr.kind === 'member') {
      found ||= isHeld(expr.object) || /^listener/.test(expr.property);
      return expr.object.kind === 'call' || expr.object.kind === 'member';
    }
    if (expr.kind === 'name') found ||= isMemory(expr, facts, id);
    return true;
  });
  return found;
}

/** `this.started`, `Registry.instance`: kept by an object or class that outlives the call. */
function isHeld(object: Expr): boolean {
  return object.kind === 'this' || (object.kind === 'name' && /^[A-Z]/.test(object.name));
}

/** A variable outside the function that is given other values, or a parameter. */
function isMemory({ binding }: Extract<Expr, { kind: 'name' }>, facts: SourceFacts, fn: number): boolean {
  const fact = facts.bindings[binding];
  if (!fact) return false;
  if (fact.kind === 'parameter') return true;
  return fact.owner !== fn && (fact.kind === 'let' || fact.kind === 'var');
}
