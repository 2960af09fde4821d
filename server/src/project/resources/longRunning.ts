import type { Expr, SourceFacts } from '../../languages/source/facts.ts';
import type { CallExpr, Program } from '../program.ts';
import { holdersOf } from './holders.ts';
import { surroundingsIn } from './surroundings.ts';

/** A function that an object is to run when something happens to it: `child.stdout.on('data', () => ...)`. */
interface Listener {
  readonly event: string;
  readonly given: Expr;
}

const ready = /^(data|line|message|readable|spawn|online|listening)$/;
const over = /^(close|exit|end|finish|disconnect)$/;

/**
 * Whether a child process goes on when the call that started it has been answered: the promise around it is resolved by
 * what the child says (`stdout.on('data', ...)`), not by its end, and nothing in the function kills it.
 */
export function outlivesItsCall(call: CallExpr, path: string, fn: number, program: Program): boolean {
  const facts = program.facts(path);
  const resolve = facts && resolverOf(fn, facts);
  if (!facts || resolve === undefined) return false;
  const children = holdersOf(call, facts).flatMap((holder) =>
    holder.kind === 'variable' ? [holder.binding] : [],
  );
  const { mentions } = surroundingsIn(facts);
  const uses = children.flatMap((child) => mentions.get(child) ?? []);
  if (uses.some((use) => mayBeKilled(use, facts))) return false;
  const listeners = uses.flatMap((use) => listenersOn(use, facts));
  const settling = (mentions.get(resolve) ?? []).map((mention) => eventAround(mention, listeners));
  return settling.some((event) => ready.test(event)) && !settling.some((event) => over.test(event));
}

/** The first parameter of the function of `new Promise((resolve, reject) => ...)`, where `fn` is that function. */
function resolverOf(fn: number, facts: SourceFacts): number | undefined {
  const { literals, of } = surroundingsIn(facts);
  const literal = literals.get(fn);
  const around = literal && of.get(literal)?.around;
  if (around?.kind !== 'expression' || around.expr.kind !== 'call' || !around.expr.isNew) return undefined;
  const { callee } = around.expr;
  if (callee.kind !== 'name' || callee.name !== 'Promise') return undefined;
  return facts.functions[fn]?.parameters[0]?.bindings[0];
}

/** `child.kill()`, `killTree(child)`, `{ child }`: somebody may end it. */
function mayBeKilled(use: Expr, facts: SourceFacts): boolean {
  const around = surroundingsIn(facts).of.get(use)?.around;
  if (around?.kind !== 'expression') return false;
  const { expr } = around;
  if (expr.kind === 'member') return /^(kill|unref|disconnect)$/.test(expr.property);
  return expr.kind !== 'call' || expr.callee !== use;
}

/** `child.on(event, listener)`, `child.stdout?.on(event, listener)`. */
function listenersOn(use: Expr, facts: SourceFacts): Listener[] {
  const { of } = surroundingsIn(facts);
  for (let at = of.get(use)?.around; at?.kind === 'expression'; at = of.get(at.expr)?.around) {
    const { expr } = at;
    if (expr.kind === 'member') continue;
    if (expr.kind !== 'call' || expr.callee.kind !== 'member') return [];
    const [event, given] = expr.args;
    const isListening = /^(on|once|addListener|prependListener)$/.test(expr.callee.property);
    if (!isListening || event?.kind !== 'literal' || !given) return [];
    return [{ event: String(event.value), given }];
  }
  return [];
}

/** The event in whose listener an expression stands, however deep; `''` for none. */
function eventAround(expr: Expr, listeners: readonly Listener[]): string {
  const around = listeners.filter(({ given }) => given.start <= expr.start && expr.end <= given.end);
  return around.at(-1)?.event ?? '';
}
