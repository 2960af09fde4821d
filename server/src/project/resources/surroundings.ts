import type { Expr, SourceFacts, Statement } from '../../languages/source/facts.ts';
import { childrenOf, isBlock, partsOf } from '../../languages/source/walk.ts';
import { memoized } from '../memoize.ts';

/** A field of a class, of each instance or of the class itself. */
export interface FieldHolder {
  readonly kind: 'field';
  readonly cls: number;
  /** The name of the class. */
  readonly owner: string;
  readonly name: string;
  readonly isStatic: boolean;
}

/** What stands directly around an expression, and the function in whose body that is. */
export interface Surrounding {
  readonly fn: number;
  readonly around:
    | { readonly kind: 'expression'; readonly expr: Expr }
    | { readonly kind: 'statement'; readonly statement: Statement }
    | FieldHolder;
}

/** A file read from the inside out. */
export interface Surroundings {
  readonly of: ReadonlyMap<Expr, Surrounding>;
  /** Where each variable is named. */
  readonly mentions: ReadonlyMap<number, readonly Expr[]>;
  /** The expression that is a function, by the function's number. */
  readonly literals: ReadonlyMap<number, Expr>;
}

/** What stands around each expression of a file. Only asked of files that open something. */
export const surroundingsIn = memoized((facts: SourceFacts): Surroundings => {
  const of = new Map<Expr, Surrounding>();
  const mentions = new Map<number, Expr[]>();
  const literals = new Map<number, Expr>();
  const mention = (binding: number, expr: Expr): void => {
    const others = mentions.get(binding);
    if (others) others.push(expr);
    else mentions.set(binding, [expr]);
  };
  const note = (expr: Expr, fn: number, around: Surrounding['around']): void => {
    of.set(expr, { fn, around });
    if (expr.kind === 'name') mention(expr.binding, expr);
    if (expr.kind === 'function') literals.set(expr.fn, expr);
    for (const inner of allChildren(expr)) note(inner, fn, { kind: 'expression', expr });
  };
  const walk = (statements: readonly Statement[], fn: number): void => {
    for (const statement of statements) {
      for (const part of partsOf(statement)) {
        if (isBlock(part)) walk(part, fn);
        else note(part, fn, { kind: 'statement', statement });
      }
    }
  };
  for (const { id, statements } of facts.functions) walk(statements, id);
  for (const { id: cls, name: owner, members, initializers } of facts.classes) {
    const fn = members[0]?.fn ?? 0;
    for (const { name, value, isStatic } of initializers)
      note(value, fn, { kind: 'field', cls, owner, name, isStatic });
  }
  return { of, mentions, literals };
});

/** Of `a && b` the right side too, which `childrenOf` leaves to those who look for it. */
function allChildren(expr: Expr): readonly Expr[] {
  return expr.kind === 'choice' ? [...new Set([expr.test, expr.whenTrue, expr.whenFalse])] : childrenOf(expr);
}
