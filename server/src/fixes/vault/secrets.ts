import type { Expr, SourceFacts } from '../../languages/source/facts.ts';
import type { CallExpr } from '../../project/program.ts';
import type { VaultTake } from '../../project/resources/vault.ts';
import type { TextEdit } from '../../text/edits.ts';
import { insertAt } from '../handler/insertion.ts';
import { expressionsOf } from './expressions.ts';

/**
 * Has a function see what Vault answered, wherever that goes: `remember(await vault.read(path))`,
 * `return vault.read(path).then(remember)`.
 * @param remember a function that gives back what it gets
 * @returns `undefined` where the answer to an HTTP request is not read in the same function
 */
export function withRemembering(
  { call, client, fn }: VaultTake,
  facts: SourceFacts,
  remember: string,
): TextEdit[] | undefined {
  const promise = client ? call : bodyOf(call, fn, facts);
  if (!promise) return undefined;
  const awaited = expressionsOf(facts, fn).find((expr) => expr.kind === 'await' && expr.operand === promise);
  return awaited
    ? [insertAt(awaited.start, `${remember}(`), insertAt(awaited.end, ')')]
    : [insertAt(promise.end, `.then(${remember})`)];
}

/** The one `response.json()` of a `fetch`, or the `.then(...)` that gives it. */
function bodyOf(request: CallExpr, fn: number, facts: SourceFacts): CallExpr | undefined {
  const found = expressionsOf(facts, fn).filter(
    (expr): expr is CallExpr =>
      expr.kind === 'call' && (isJsonOf(expr, request, facts) || isThenJson(expr, request, facts)),
  );
  return found.length === 1 ? found[0] : undefined;
}

function isJsonOf({ callee }: CallExpr, request: CallExpr, facts: SourceFacts): boolean {
  if (callee.kind !== 'member' || callee.property !== 'json') return false;
  const { object } = callee;
  if (isResponse(object, request)) return true;
  const values = object.kind === 'name' ? (facts.bindings[object.binding]?.values ?? []) : [];
  return (
    values.length === 1 && values.every(({ expr, part }) => part.length === 0 && isResponse(expr, request))
  );
}

function isResponse(expr: Expr, request: CallExpr): boolean {
  return expr.kind === 'await' && expr.operand === request;
}

/** `fetch(...).then((response) => response.json())` */
function isThenJson({ callee, args: [then] }: CallExpr, request: CallExpr, facts: SourceFacts): boolean {
  if (callee.kind !== 'member' || callee.property !== 'then' || callee.object !== request) return false;
  const fn = then?.kind === 'function' ? facts.functions[then.fn] : undefined;
  const [response] = fn?.parameters[0]?.bindings ?? [];
  const [only, ...others] = fn?.statements ?? [];
  if (!fn || !only || others.length > 0) return false;
  const value = only.kind === 'return' ? only.value : only.kind === 'expression' ? only.expr : undefined;
  return (
    value?.kind === 'call' &&
    value.callee.kind === 'member' &&
    value.callee.property === 'json' &&
    value.callee.object.kind === 'name' &&
    value.callee.object.binding === response
  );
}
