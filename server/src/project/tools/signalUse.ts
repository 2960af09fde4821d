import type { Expr, SourceFacts } from '../../languages/source/facts.ts';
import { childrenOf, walkStatements } from '../../languages/source/walk.ts';
import type { Program } from '../program.ts';
import type { FunctionRef } from '../value.ts';

/**
 * Whether a function may use the client's signal: it names a signal, or gives the argument that carries it on as a
 * whole. Functions written inside it are looked at too.
 * @param parameter the index of that argument; a function that takes fewer certainly does not use it
 */
export function mayUseSignal({ path, fn }: FunctionRef, parameter: number, program: Program): boolean {
  const facts = program.facts(path);
  const own = facts?.functions[fn];
  if (!facts || !own) return true;
  if (own.parameters.some(({ isRest }) => isRest)) return true;
  const taken = own.parameters[parameter];
  const isTakenApart = (taken?.parts ?? []).some((part) => part.length > 0);
  if (taken?.parts.some((part) => part.some((step) => step.kind !== 'property' || isSignalName(step.name))))
    return true;
  const carriers = new Set(isTakenApart ? [] : (taken?.bindings ?? []));
  return facts.functions
    .filter(({ id }) => id === fn || isWithin(facts, id, fn))
    .some(({ statements }) => {
      let found = false;
      walkStatements(statements, (expr) => {
        found ||=
          namesSignal(expr) ||
          childrenOf(expr).some((inner) => isCarrier(inner) && !isTakenFrom(expr, inner));
      });
      return (
        found ||
        statements.some(
          (statement) =>
            statement.kind === 'return' && statement.value !== undefined && isCarrier(statement.value),
        )
      );
    });

  function isCarrier(expr: Expr): boolean {
    return expr.kind === 'name' && carriers.has(expr.binding);
  }
}

/** `extra.sessionId`: something else of what carries the signal. */
function isTakenFrom(expr: Expr, carrier: Expr): boolean {
  return expr.kind === 'member' && expr.object === carrier;
}

function namesSignal(expr: Expr): boolean {
  if (expr.kind === 'member') return isSignalName(expr.property) || expr.property === 'mcpReq';
  if (expr.kind === 'name') return isSignalName(expr.name) || expr.name === 'arguments';
  return expr.kind === 'object' && expr.properties.some(({ key }) => key !== undefined && isSignalName(key));
}

function isSignalName(name: string): boolean {
  return /^(abort)?signal$/i.test(name) || name === 'AbortController';
}

function isWithin(facts: SourceFacts, fn: number, outer: number): boolean {
  for (let at = facts.functions[fn]; at; at = facts.functions[at.parent])
    if (at.parent === outer) return true;
  return false;
}

/** Whether a function's own body speaks of any signal: then which call it cancels is not told apart. */
export function speaksOfSignals({ path, fn }: FunctionRef, program: Program): boolean {
  let found = false;
  walkStatements(program.functionAt(path, fn)?.statements ?? [], (expr) => {
    found ||= namesSignal(expr);
  });
  return found;
}
