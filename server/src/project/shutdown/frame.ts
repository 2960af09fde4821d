import type { Expr, FunctionFact, ValuePart } from '../../languages/source/facts.ts';
import { distinct, type FunctionRef, type Value } from '../value.ts';
import type { Values } from '../values.ts';

/** An argument, with the frame it was written in. */
export interface Bound {
  readonly expr: Expr;
  readonly frame: Frame;
  /** What of it is meant (destructured parameters and loop variables). */
  readonly parts: readonly ValuePart[];
}

/**
 * A function that is being followed, and what its parameters hold this time. `safely(() => a.close())` and
 * `safely(() => b.close())` are told apart by it.
 */
export interface Frame {
  readonly path: string;
  readonly fn: number;
  /** By file and binding; a callback sees what the functions around it were given. */
  readonly bound: ReadonlyMap<string, Bound>;
}

/** A function as it is entered from nowhere: nothing is known of its parameters. */
export function frameOf({ path, fn }: FunctionRef): Frame {
  return { path, fn, bound: new Map() };
}

/** The frame of a function that is called with these arguments. */
export function enter(ref: FunctionRef, fact: FunctionFact, args: readonly Expr[], caller: Frame): Frame {
  const bound = new Map(caller.bound);
  const hasSpread = args.some(({ kind }) => kind === 'spread');
  for (const [index, parameter] of fact.parameters.entries()) {
    const argument = hasSpread || parameter.isRest ? undefined : args[index];
    for (const [at, binding] of parameter.bindings.entries()) {
      const key = bindingKey(ref.path, binding);
      if (argument) bound.set(key, { expr: argument, frame: caller, parts: parameter.parts[at] ?? [] });
      else bound.delete(key);
    }
  }
  return { ...ref, bound };
}

/** The frame with some variables bound to a part of an expression each: one round of an unrolled loop. */
export function withElement(
  frame: Frame,
  element: Bound,
  variables: readonly { binding: number; parts: readonly ValuePart[] }[],
): Frame {
  const bound = new Map(frame.bound);
  for (const { binding, parts } of variables)
    bound.set(bindingKey(frame.path, binding), { ...element, parts: [...element.parts, ...parts] });
  return { ...frame, bound };
}

/** What an expression is, seen through parameters: the argument itself where that is certain. */
export function through(expr: Expr, frame: Frame): { expr: Expr; frame: Frame } {
  let at = { expr, frame };
  for (let hops = 0; hops < 20; hops++) {
    const next = hop(at.expr, at.frame);
    if (!next) break;
    at = next;
  }
  return at;
}

function hop(expr: Expr, frame: Frame): { expr: Expr; frame: Frame } | undefined {
  if (expr.kind === 'name' && expr.binding >= 0) {
    const bound = frame.bound.get(bindingKey(frame.path, expr.binding));
    return bound && part(through(bound.expr, bound.frame), bound.parts);
  }
  if (expr.kind === 'member') {
    const object = through(expr.object, frame);
    if (object.expr === expr.object) return undefined;
    return part(object, [{ kind: 'property', name: expr.property }]);
  }
  return undefined;
}

/** A part of an array or object literal; `undefined` where it is not written there. */
function part(
  whole: { expr: Expr; frame: Frame },
  parts: readonly ValuePart[],
): { expr: Expr; frame: Frame } | undefined {
  let at = whole;
  for (const each of parts) {
    if (each.kind !== 'property') return undefined;
    const { expr } = at;
    const found =
      expr.kind === 'array'
        ? expr.elements[Number(each.name)]
        : expr.kind === 'object'
          ? expr.properties.find(({ key }) => key === each.name)?.value
          : undefined;
    if (!found || found.kind === 'spread') return undefined;
    at = through(found, at.frame);
  }
  return at;
}

/** The values of an expression, with what the parameters hold in this frame. */
export function valuesIn(expr: Expr, frame: Frame, values: Values, depth = 0): readonly Value[] {
  if (depth > 12) return [{ kind: 'unknown' }];
  const seen = through(expr, frame);
  if (seen.expr !== expr) return valuesIn(seen.expr, seen.frame, values, depth + 1);
  if (expr.kind === 'name' && expr.binding >= 0) {
    const bound = frame.bound.get(bindingKey(frame.path, expr.binding));
    if (bound)
      return distinct(values.parts(valuesIn(bound.expr, bound.frame, values, depth + 1), bound.parts));
  }
  if (expr.kind === 'member') {
    const objects = valuesIn(expr.object, frame, values, depth + 1);
    return distinct(objects.flatMap((object) => values.property(object, expr.property)));
  }
  if (expr.kind === 'choice') {
    return distinct(
      [expr.whenTrue, expr.whenFalse].flatMap((side) => valuesIn(side, frame, values, depth + 1)),
    );
  }
  return values.of(expr, frame.path, frame.fn);
}

/** What a variable is known by among those that are bound. */
export function bindingKey(path: string, binding: number): string {
  return `${path}#${binding}`;
}
