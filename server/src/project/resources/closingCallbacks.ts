import type { Expr } from '../../languages/source/facts.ts';
import { writtenName } from '../../languages/source/names.ts';
import { walkStatements } from '../../languages/source/walk.ts';
import type { Execution } from '../execution.ts';
import { type FunctionRef, functionsOf } from '../value.ts';
import type { Values } from '../values.ts';

/** Events that come when something ends, the process included; signals are the business of their listeners. */
const endEvents =
  /^(exit|beforeExit|close|onClose|onclose|end|disconnect|disconnected|abort|dispose|shutdown)$/;

const registrations =
  /^(on|register|add|defer)?_?(shutdown|cleanup|clean|close|disposer?|exit|teardown|destroy)_?(hook|handler|callback|task|step|fn|function)?s?$/i;

const properties =
  /^on_?(session_?)?(close|closed|end|ended|exit|shutdown|dispose|disconnect|disconnected)$/i;

/**
 * Functions that run when something is closed, of which nobody can say that shutting down does not run them:
 * `server.onclose = ...`, `app.addHook('onClose', ...)`, `process.on('exit', ...)`, `registerCleanup(...)`.
 */
export function closingCallbacks({ live }: Execution, values: Values): FunctionRef[] {
  const found: FunctionRef[] = [];
  for (const [path, functions] of live) {
    for (const fn of functions) {
      const statements = values.program.functionAt(path, fn)?.statements ?? [];
      walkStatements(statements, (expr) => {
        for (const callback of callbacksIn(expr)) found.push(...functionsOf(values.of(callback, path, fn)));
      });
    }
  }
  return found;
}

function callbacksIn(expr: Expr): readonly Expr[] {
  if (expr.kind === 'assign') {
    return expr.target.kind === 'member' && properties.test(expr.target.property) ? [expr.value] : [];
  }
  if (expr.kind === 'object') {
    return expr.properties.flatMap(({ key, value }) => (key && properties.test(key) ? [value] : []));
  }
  if (expr.kind !== 'call') return [];
  const { callee, args } = expr;
  const name = writtenName(callee);
  const [first] = args;
  const isEvent = first?.kind === 'literal' && typeof first.value === 'string' && endEvents.test(first.value);
  return isEvent || registrations.test(name) ? args : [];
}
