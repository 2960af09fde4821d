import type { Expr, SourceFacts } from '../languages/source/facts.ts';
import { walkStatements } from '../languages/source/walk.ts';
import { memoized } from './memoize.ts';

/** An expression and the function in which it stands. */
export interface Stored {
  readonly expr: Expr;
  readonly fn: number;
}

/** What a class's own file stores in a property: by an initializer, by `this.x = value` or by `Class.x ??= value`. */
export function storedIn(facts: SourceFacts, cls: number, name: string): Stored[] {
  const fact = facts.classes[cls];
  if (!fact) return [];
  const first = fact.members[0]?.fn ?? 0;
  const initial = fact.initializers.filter((initializer) => initializer.name === name);
  return [
    ...initial.map(({ value }) => ({ expr: value, fn: first })),
    ...(assignments(facts).get(`${cls}.${name}`) ?? []),
  ];
}

/** The binding of `constructor(private x: X)` that is also `this.x`; `undefined` where there is none. */
export function parameterProperty(facts: SourceFacts, cls: number, name: string): number | undefined {
  const own = facts.classes[cls]?.members.find((member) => member.name === 'constructor');
  const parameters = own ? (facts.functions[own.fn]?.parameters ?? []) : [];
  return parameters
    .filter(({ isProperty }) => isProperty)
    .flatMap(({ bindings }) => bindings)
    .find((id) => facts.bindings[id]?.name === name);
}

/** The class whose instance `this` is in a method or in an arrow function inside one; -1 where it is none. */
export function classOfThis(facts: SourceFacts, fn: number): number {
  for (let at = facts.functions[fn]; at; at = facts.functions[at.parent]) {
    if (at.ownerClass >= 0) return at.ownerClass;
    if (!at.isArrow) return -1;
  }
  return -1;
}

/** Whether `this` is the class itself in a method, or in an arrow function inside one. */
export function isStaticThis(facts: SourceFacts, fn: number): boolean {
  for (let at = facts.functions[fn]; at; at = facts.functions[at.parent]) {
    const { id, ownerClass } = at;
    if (ownerClass >= 0)
      return (
        facts.classes[ownerClass]?.members.some((member) => member.fn === id && member.isStatic) ?? false
      );
    if (!at.isArrow) return false;
  }
  return false;
}

/** Every `this.x = value` and `Class.x = value` of a file by class and name. */
const assignments = memoized((facts: SourceFacts): ReadonlyMap<string, readonly Stored[]> => {
  const found = new Map<string, Stored[]>();
  for (const { id, statements } of facts.functions) {
    walkStatements(statements, (expr) => {
      if (expr.kind !== 'assign' || expr.target.kind !== 'member') return;
      const { object } = expr.target;
      const cls = object.kind === 'this' ? classOfThis(facts, id) : classNamed(object, facts);
      if (cls < 0) return;
      const key = `${cls}.${expr.target.property}`;
      const stored = { expr: expr.value, fn: id };
      const list = found.get(key);
      if (list) list.push(stored);
      else found.set(key, [stored]);
    });
  }
  return found;
});

/** The class that a name of the file itself stands for; -1 where it stands for something else. */
function classNamed(expr: Expr, { bindings }: SourceFacts): number {
  const values = expr.kind === 'name' ? (bindings[expr.binding]?.values ?? []) : [];
  const [only] = values;
  return values.length === 1 && only?.part.length === 0 && only.expr.kind === 'class' ? only.expr.cls : -1;
}
