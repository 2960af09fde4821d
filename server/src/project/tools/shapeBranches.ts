import type { Expr, FunctionFact, Statement } from '../../languages/source/facts.ts';
import { childrenOf, isBlock, partsOf } from '../../languages/source/walk.ts';
import { memoized } from '../memoize.ts';
import type { CallExpr } from '../program.ts';
import { leaves } from './onceGuards.ts';

/** A test such as `'command' in options`, as it stands for one of its branches. */
export interface ShapeTest {
  readonly key: string;
  readonly object: Expr;
  /** Whether the branch is taken where the key is there; `undefined` where more is asked than that. */
  readonly isPresent: boolean | undefined;
}

/**
 * The calls in a function's own body that run, or do not, by the shape of what it was given: under a test such as
 * `'command' in options`, or behind an early return under one, with these tests. Of a function that several tools
 * share, each tool may only ever take one of the branches.
 */
export const callsByShape = memoized(
  ({ statements }: FunctionFact): ReadonlyMap<CallExpr, readonly ShapeTest[]> => {
    const found = new Map<CallExpr, readonly ShapeTest[]>();
    visitBlock(statements, [], found);
    return found;
  },
);

type Found = Map<CallExpr, readonly ShapeTest[]>;

function visitBlock(statements: readonly Statement[], tests: readonly ShapeTest[], found: Found): void {
  let inside = tests;
  for (const statement of statements) {
    const asked = statement.kind === 'if' ? askedFor(statement.test) : undefined;
    for (const part of partsOf(statement)) {
      const isThen = statement.kind === 'if' && part === statement.then;
      const isElse = statement.kind === 'if' && part === statement.otherwise;
      const own =
        asked && (isThen || isElse) ? [...inside, isThen ? asked.whenTrue : asked.whenFalse] : inside;
      if (isBlock(part)) visitBlock(part, own, found);
      else visit(part, inside, found);
    }
    if (asked && statement.kind === 'if') {
      if (leaves(statement.then)) inside = [...inside, asked.whenFalse];
      else if (leaves(statement.otherwise)) inside = [...inside, asked.whenTrue];
    }
  }
}

function visit(expr: Expr, tests: readonly ShapeTest[], found: Found): void {
  if (tests.length > 0 && expr.kind === 'call') found.set(expr, tests);
  const asked = expr.kind === 'choice' ? askedFor(expr.test) : undefined;
  for (const inner of childrenOf(expr)) {
    const isElse = expr.kind === 'choice' && inner === expr.whenFalse;
    visit(inner, asked ? [...tests, isElse ? asked.whenFalse : asked.whenTrue] : tests, found);
  }
}

/** The question as it stands where a test holds, and where it does not. */
interface Asked {
  readonly whenTrue: ShapeTest;
  readonly whenFalse: ShapeTest;
}

/** The first question for a shape in a test. */
function askedFor(test: Expr): Asked | undefined {
  if (test.kind === 'binary' && test.operator === 'in' && test.left.kind === 'literal') {
    const question = { key: String(test.left.value), object: test.right };
    return { whenTrue: { ...question, isPresent: true }, whenFalse: { ...question, isPresent: false } };
  }
  if (test.kind === 'unary' && test.operator === '!') {
    const asked = askedFor(test.operand);
    return asked && { whenTrue: asked.whenFalse, whenFalse: asked.whenTrue };
  }
  const [asked] = childrenOf(test).flatMap((inner) => askedFor(inner) ?? []);
  if (!asked) return undefined;
  // Where `a && b` holds, b does; where `a || b` does not hold, b does not.
  const operator = test.kind === 'choice' ? test.operator : '';
  return {
    whenTrue: operator === '&&' ? asked.whenTrue : unclear(asked.whenTrue),
    whenFalse: operator === '||' ? asked.whenFalse : unclear(asked.whenFalse),
  };
}

function unclear(test: ShapeTest): ShapeTest {
  return { ...test, isPresent: undefined };
}
