import type { Expr } from '../languages/source/facts.ts';
import type { CallExpr } from './program.ts';
import { functionsOf, isGlobal, type Value } from './value.ts';
import type { Values } from './values.ts';

/**
 * What awaiting a promise gives that a call makes: `new Promise((resolve) => resolve(x))`, `Promise.resolve(x)`.
 * `undefined` where the call makes none, or what it is settled with is not written there.
 */
export function promised(
  call: CallExpr,
  callees: readonly Value[],
  path: string,
  fn: number,
  values: Values,
): Value[] | undefined {
  const [first] = call.args;
  if (!first) return undefined;
  if (callees.some((callee) => isGlobal(callee, 'Promise.resolve'))) return [...values.of(first, path, fn)];
  if (!call.isNew || !callees.some((callee) => isGlobal(callee, 'Promise'))) return undefined;
  const [executor] = functionsOf(values.of(first, path, fn));
  const found = executor ? settledWith(executor.path, executor.fn, values) : [];
  return found.length > 0 ? found : undefined;
}

/** The values of `x` in every `resolve(x)` inside a promise's function. */
function settledWith(path: string, executor: number, values: Values): Value[] {
  const facts = values.program.facts(path);
  const resolve = facts?.functions[executor]?.parameters[0]?.bindings[0];
  if (!facts || resolve === undefined) return [];
  const isInside = (fn: number): boolean => {
    for (let at = facts.functions[fn]; at; at = facts.functions[at.parent])
      if (at.id === executor) return true;
    return false;
  };
  return facts.functions.flatMap(({ id }) => {
    if (!isInside(id)) return [];
    return values.program.callsIn(path, id).flatMap(({ callee, args }): readonly Value[] => {
      const [value] = args as readonly [Expr | undefined];
      return callee.kind === 'name' && callee.binding === resolve && value ? values.of(value, path, id) : [];
    });
  });
}
