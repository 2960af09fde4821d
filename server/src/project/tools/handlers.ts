import type { Expr } from '../../languages/source/facts.ts';
import { type FunctionRef, functionsOf } from '../value.ts';
import type { Values } from '../values.ts';

/** What is passed as a handler: the innermost functions, and the own functions around them that run with each call. */
export interface HandlerFunctions {
  readonly handlers: readonly FunctionRef[];
  readonly wrappers: readonly FunctionRef[];
}

/** The functions that an argument stands for. Of `wrap(handler)` it is the inner one, whoever wrote `wrap`. */
export function handlersOf(expr: Expr, path: string, fn: number, values: Values): HandlerFunctions {
  const made = functionsOf(values.of(expr, path, fn));
  if (expr.kind !== 'call') return { handlers: made, wrappers: [] };
  const makers = functionsOf(values.of(expr.callee, path, fn));
  // What a wrapper only hands through comes from all its callers.
  const wrappers = made.filter((ref) => makers.some((maker) => isWrittenIn(ref, maker, values)));
  const passed = expr.args.map((argument, index): HandlerFunctions => {
    const isMeant = argument.kind === 'function' || isRunBy(wrappers, makers, index, values);
    if (!isMeant && makers.length > 0) return { handlers: [], wrappers: [] };
    return handlersOf(argument, path, fn, values);
  });
  const handlers = passed.flatMap((each) => each.handlers);
  if (handlers.length === 0) return { handlers: wrappers.length > 0 ? wrappers : made, wrappers: [] };
  return { handlers, wrappers: [...passed.flatMap((each) => each.wrappers), ...wrappers] };
}

/** Whether functions that a maker wrote, or those inside them, call its parameter. */
function isRunBy(
  wrappers: readonly FunctionRef[],
  makers: readonly FunctionRef[],
  index: number,
  values: Values,
): boolean {
  const { program } = values;
  return makers.some(({ path, fn }) => {
    const bindings = program.functionAt(path, fn)?.parameters[index]?.bindings ?? [];
    return (program.facts(path)?.functions ?? []).some(({ id }) => {
      const isAround = wrappers.some(
        (ref) => ref.path === path && (ref.fn === id || isWrittenIn({ path, fn: id }, ref, values)),
      );
      return (
        isAround &&
        program
          .callsIn(path, id)
          .some(({ callee }) => callee.kind === 'name' && bindings.includes(callee.binding))
      );
    });
  });
}

/** Whether a function stands inside another. */
function isWrittenIn(inner: FunctionRef, outer: FunctionRef, { program }: Values): boolean {
  if (inner.path !== outer.path) return false;
  for (
    let at = program.functionAt(inner.path, inner.fn);
    at;
    at = program.functionAt(inner.path, at.parent)
  ) {
    if (at.parent === outer.fn) return true;
  }
  return false;
}
