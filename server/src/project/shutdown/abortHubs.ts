import type { Expr } from '../../languages/source/facts.ts';
import { walkStatements } from '../../languages/source/walk.ts';
import { type FunctionRef, functionsOf, type Value } from '../value.ts';
import type { Values } from '../values.ts';

/** What runs when an AbortController is aborted. */
export interface AbortListeners {
  readonly refs: readonly FunctionRef[];
  /** False where something waits for the signal that cannot be followed: `await once(signal, 'abort')`. */
  readonly isComplete: boolean;
}

/**
 * What listens to the signal of an AbortController, wherever that is handed on.
 * @param made the expression that makes the controller
 */
export function abortListeners(made: Expr, values: Values): AbortListeners {
  const listeners = [...ofCalls(made, values), ...ofAssignments(made, values)];
  return { refs: listeners.flat(), isComplete: listeners.every((refs) => refs.length > 0) };
}

/** `signal.addEventListener('abort', listener)`, `addAbortListener(signal, listener)`, `once(signal, 'abort')`. */
function ofCalls(made: Expr, values: Values): (readonly FunctionRef[])[] {
  const { program } = values;
  const found: (readonly FunctionRef[])[] = [];
  for (const name of ['addEventListener', 'addAbortListener', 'once']) {
    for (const { path, fn, call } of program.callsNamed(name)) {
      const { callee } = call;
      const [first, second] = call.args;
      const signal = name === 'addEventListener' && callee.kind === 'member' ? callee.object : first;
      if (!signal || !values.of(signal, path, fn).some((value) => isSignalOf(value, made))) continue;
      found.push(second ? functionsOf(values.of(second, path, fn)) : []);
    }
  }
  return found;
}

/** `signal.onabort = listener`. */
function ofAssignments(made: Expr, values: Values): (readonly FunctionRef[])[] {
  const found: (readonly FunctionRef[])[] = [];
  for (const [path, { functions }] of values.program.files) {
    for (const { id: fn, statements } of functions) {
      if (!values.program.assigns(path, fn, 'onabort')) continue;
      walkStatements(statements, (expr) => {
        if (expr.kind !== 'assign' || expr.target.kind !== 'member' || expr.target.property !== 'onabort')
          return;
        const isIt = values.of(expr.target.object, path, fn).some((value) => isSignalOf(value, made));
        if (isIt) found.push(functionsOf(values.of(expr.value, path, fn)));
      });
    }
  }
  return found;
}

function isSignalOf(value: Value, made: Expr): boolean {
  return value.kind === 'foreign' && value.member === 'AbortController().signal' && value.made?.expr === made;
}
