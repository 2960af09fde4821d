import type { Expr, FunctionFact, SourceFacts } from '../../languages/source/facts.ts';
import { walkExpression, walkStatements } from '../../languages/source/walk.ts';
import { type FunctionRef, functionKey } from '../value.ts';
import type { Values } from '../values.ts';
import { type Bound, bindingKey, type Frame } from './frame.ts';

/** Tells the functions that do not lead to what a walk looks for. */
export class Detours {
  private readonly known = new WeakMap<Expr, boolean>();

  /** @param leading keys of the functions that lead there */
  constructor(
    private readonly leading: ReadonlySet<string>,
    private readonly values: Values,
  ) {}

  /** Whether a function neither leads there nor does anything with what leads there and was handed to it, or around it. */
  isOne(ref: FunctionRef, { bound }: Frame): boolean {
    if (this.leading.has(functionKey(ref))) return false;
    const facts = this.values.program.facts(ref.path);
    const fact = facts?.functions[ref.fn];
    if (!facts || !fact || bound.size === 0) return true;
    for (const binding of namesIn(fact, facts)) {
      const argument = bound.get(bindingKey(ref.path, binding));
      if (argument && this.brings(argument)) return false;
    }
    return true;
  }

  private brings({ expr, frame: { path, fn, bound } }: Bound): boolean {
    let found = this.known.get(expr);
    if (found !== undefined) return found;
    // An argument that is made of itself brings nothing new.
    this.known.set(expr, false);
    found = false;
    walkExpression(expr, (inner) => {
      if (found) return;
      if (inner.kind === 'function') found = !this.isOne({ path, fn: inner.fn }, { path, fn, bound });
      if (inner.kind !== 'name' && inner.kind !== 'member') return;
      const handed = inner.kind === 'name' ? bound.get(bindingKey(path, inner.binding)) : undefined;
      found = handed
        ? this.brings(handed)
        : this.values
            .of(inner, path, fn)
            .some((value) => value.kind === 'function' && this.leading.has(functionKey(value)));
    });
    this.known.set(expr, found);
    return found;
  }
}

const namesByFunction = new WeakMap<FunctionFact, ReadonlySet<number>>();

/** The variables that a function, or one written in it, mentions. */
function namesIn(fact: FunctionFact, facts: SourceFacts): ReadonlySet<number> {
  const known = namesByFunction.get(fact);
  if (known) return known;
  const names = new Set<number>();
  walkStatements(fact.statements, (expr) => {
    if (expr.kind === 'name' && expr.binding >= 0) names.add(expr.binding);
    if (expr.kind !== 'function') return;
    const inner = facts.functions[expr.fn];
    if (inner) for (const name of namesIn(inner, facts)) names.add(name);
  });
  namesByFunction.set(fact, names);
  return names;
}
