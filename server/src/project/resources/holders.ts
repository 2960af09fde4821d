import type { Expr, SourceFacts, Statement } from '../../languages/source/facts.ts';
import { classOfThis, isStaticThis } from '../classState.ts';
import type { CallExpr } from '../program.ts';
import { type FieldHolder, surroundingsIn } from './surroundings.ts';
import { chainMethods } from './table.ts';

/** By what an object is kept: the place of the code that could release it. */
export type Holder =
  | { readonly kind: 'variable'; readonly binding: number; readonly name: string }
  | FieldHolder
  /** A property of an object that is not `this`: `app.locals.pool = pool`. */
  | { readonly kind: 'property'; readonly object: Expr; readonly fn: number }
  | { readonly kind: 'collection'; readonly collection: Expr; readonly fn: number }
  | { readonly kind: 'returned'; readonly fn: number }
  | { readonly kind: 'argument'; readonly call: CallExpr; readonly fn: number };

const putting = new Set(['set', 'add', 'push', 'unshift']);

/**
 * Where the value of an expression goes, as far as its own statement tells: `this.pool = await open()`,
 * `pools.set(id, { pool: new Pool() })`, `return new Pool()`. Empty where it is dropped or only used in passing.
 */
export function holdersOf(expr: Expr, facts: SourceFacts): Holder[] {
  const { of } = surroundingsIn(facts);
  const found: Holder[] = [];
  let inner = expr;
  for (let at = of.get(inner); at; at = of.get(inner)) {
    const { around, fn } = at;
    if (around.kind === 'field') return [...found, around];
    if (around.kind === 'statement')
      return [...found, ...heldByStatement(around.statement, inner, facts, fn)];
    const outer = around.expr;
    if (outer.kind === 'assign' && outer.value === inner) found.push(...assigned(outer.target, facts, fn));
    else if (outer.kind === 'call' && outer.callee !== inner) {
      const collection = collectionOf(outer);
      if (collection) return [...found, { kind: 'collection', collection, fn }];
      found.push({ kind: 'argument', call: outer, fn });
      // What is constructed with it keeps it; what a function makes of it is something else.
      if (!outer.isNew) return found;
    } else if (!passesOn(outer, inner)) return found;
    inner = outer;
  }
  return found;
}

/** Whether the outer expression's value is, or holds, the inner one's. */
function passesOn(outer: Expr, inner: Expr): boolean {
  switch (outer.kind) {
    case 'await':
    case 'array':
    case 'object':
    case 'spread':
      return true;
    case 'choice':
      return outer.test !== inner || outer.operator !== '?:';
    case 'member':
      return chainMethods.has(outer.property);
    case 'call':
      return true;
    default:
      return false;
  }
}

function collectionOf({ callee, args, isNew }: CallExpr): Expr | undefined {
  if (isNew || callee.kind !== 'member' || !putting.has(callee.property) || args.length > 2) return undefined;
  return callee.object;
}

function assigned(target: Expr, facts: SourceFacts, fn: number): Holder[] {
  if (target.kind === 'name') return [{ kind: 'variable', binding: target.binding, name: target.name }];
  if (target.kind === 'index') return [{ kind: 'collection', collection: target.object, fn }];
  if (target.kind !== 'member') return [];
  const cls = target.object.kind === 'this' ? classOfThis(facts, fn) : -1;
  const own = facts.classes[cls];
  if (own) {
    const isStatic = isStaticThis(facts, fn);
    return [{ kind: 'field', cls, owner: own.name, name: target.property, isStatic }];
  }
  const named = facts.classes.find(
    ({ name }) => target.object.kind === 'name' && target.object.name === name,
  );
  if (named)
    return [{ kind: 'field', cls: named.id, owner: named.name, name: target.property, isStatic: true }];
  return [{ kind: 'property', object: target.object, fn }];
}

function heldByStatement(statement: Statement, inner: Expr, facts: SourceFacts, fn: number): Holder[] {
  if (statement.kind === 'return') return [{ kind: 'returned', fn }];
  if (statement.kind !== 'declare') return [];
  return statement.bindings.flatMap((id): Holder[] => {
    const binding = facts.bindings[id];
    return binding?.values.some((value) => value.expr === inner)
      ? [{ kind: 'variable', binding: id, name: binding.name }]
      : [];
  });
}
