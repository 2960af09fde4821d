import type { Expr, SourceFacts } from '../../languages/source/facts.ts';
import type { CallExpr } from '../../project/program.ts';
import type { VaultTake } from '../../project/resources/vault.ts';
import { insertAt, type TextEdit } from '../../text/edits.ts';
import { expressionsOf } from './expressions.ts';
import type { Way } from './way.ts';

/**
 * Has a function see what Vault answered, wherever that goes: `remember(await vault.read(path))`,
 * `return vault.read(path).then(remember)`.
 * @param remember a function that gives back what it gets
 * @param way what it has to be told beside
 * @returns `undefined` where the answer to an HTTP request is not read in the same function
 */
export function withRemembering(
  take: VaultTake,
  facts: SourceFacts,
  remember: string,
  way: Way,
): TextEdit[] | undefined {
  const { call, request, fn } = take;
  const isRead = request?.sender === 'fetch' || request?.sender === 'undici';
  const promise = isRead ? bodyOf(call, fn, facts) : call;
  if (!promise) return undefined;
  const others = way.passed.map(({ of }) => `, ${of(take)}`).join('');
  const awaited = expressionsOf(facts, fn).find((expr) => expr.kind === 'await' && expr.operand === promise);
  if (awaited) return [insertAt(awaited.start, `${remember}(`), insertAt(awaited.end, `${others})`)];
  const parameter = take.kind === 'lease' ? 'secret' : 'login';
  const callback = others ? `(${parameter}) => ${remember}(${parameter}${others})` : remember;
  return [insertAt(promise.end, `.then(${callback})`)];
}

/** The one `response.json()` of a `fetch`, or the `.then(...)` that gives it. */
function bodyOf(request: CallExpr, fn: number, facts: SourceFacts): CallExpr | undefined {
  const found = expressionsOf(facts, fn).filter(
    (expr): expr is CallExpr =>
      expr.kind === 'call' && (isJsonOf(expr, request, facts) || isThenJson(expr, request, facts)),
  );
  return found.length === 1 ? found[0] : undefined;
}

/** `response.json()`; undici's `response.body.json()`, `body.json()`. */
function isJsonOf({ callee }: CallExpr, request: CallExpr, facts: SourceFacts): boolean {
  if (callee.kind !== 'member' || callee.property !== 'json') return false;
  const { object } = callee;
  if (object.kind === 'member' && object.property === 'body')
    return isHeld(object.object, [], request, facts);
  return isHeld(object, [], request, facts) || isHeld(object, ['body'], request, facts);
}

/** Whether an expression is the response, or the variable that has it or a part of it. */
function isHeld(expr: Expr, parts: readonly string[], request: CallExpr, facts: SourceFacts): boolean {
  if (parts.length === 0 && isResponse(expr, request)) return true;
  const values = expr.kind === 'name' ? (facts.bindings[expr.binding]?.values ?? []) : [];
  return (
    values.length === 1 &&
    values.every(
      ({ expr: value, part }) =>
        isResponse(value, request) &&
        part.length === parts.length &&
        part.every((each, index) => each.kind === 'property' && each.name === parts[index]),
    )
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
