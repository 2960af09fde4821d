import type { SourceFacts } from '../../languages/source/facts.ts';
import { walkStatements } from '../../languages/source/walk.ts';
import { beginsBefore } from '../../project/shutdown/order.ts';
import type { SetStep } from '../../project/shutdown/steps.ts';
import type { PathView } from '../../project/shutdown/view.ts';

/** A place in a file from which a flag is to be asked, by a function that is made there. */
interface Asking {
  readonly path: string;
  readonly facts: SourceFacts;
  /** The function in whose block the place is. */
  readonly fn: number;
  readonly start: number;
}

/** The variable that a path sets before it waits for the calls, as it can be named at a place; `undefined` for none. */
export function flagSeenFrom(view: PathView, { path, facts, fn, start }: Asking): string | undefined {
  // A plain `true` reads better than the promise of a run that has begun.
  const sets = view.trace.steps.filter((step): step is SetStep => step.kind === 'set');
  for (const step of [...sets.filter(({ value }) => value.kind === 'literal'), ...sets]) {
    if (step.spot.path !== path || step.target.kind !== 'name') continue;
    if (view.drains.some((drain) => beginsBefore(drain.step, step)) || isFalse(step.value)) continue;
    const binding = facts.bindings[step.target.binding];
    if (!binding || !isAround(facts, binding.owner, fn) || binding.kind === 'const') continue;
    // Asked before it is there, a `let` throws: requests may come while the start waits for something.
    if (binding.range.start > start && waits(facts, binding.owner, start, binding.range.start)) continue;
    const isShadowed = facts.bindings.some(({ id, name }) => name === binding.name && id !== binding.id);
    if (!isShadowed) return binding.name;
  }
  return undefined;
}

function isFalse(value: { readonly kind: string; readonly value?: unknown }): boolean {
  return value.kind === 'literal' && !value.value;
}

function isAround(facts: SourceFacts, outer: number, fn: number): boolean {
  for (let at = facts.functions[fn]; at; at = facts.functions[at.parent]) if (at.id === outer) return true;
  return false;
}

function waits({ functions }: SourceFacts, fn: number, from: number, to: number): boolean {
  const between = functions[fn]?.statements.filter(({ start, end }) => end > from && start < to) ?? [];
  let found = false;
  walkStatements(between, (expr) => {
    found ||= expr.kind === 'await';
  });
  return found;
}
