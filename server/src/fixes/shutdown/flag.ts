import type { SourceFacts } from '../../languages/source/facts.ts';
import { walkStatements } from '../../languages/source/walk.ts';
import type { Project } from '../../project/project.ts';
import { beginsBefore } from '../../project/shutdown/order.ts';
import type { SetStep } from '../../project/shutdown/steps.ts';
import type { PathView } from '../../project/shutdown/view.ts';
import { plannedFile } from '../source/plannedFile.ts';
import { functionAt } from '../source/scope.ts';

/** A variable that a path sets before it waits for the calls. */
export interface Flag {
  readonly path: string;
  readonly name: string;
  /** The function that it belongs to; 0 for the module. */
  readonly owner: number;
  /** Where it is declared. */
  readonly start: number;
}

/** The variables by whose names other code can tell that a path has begun; the plainest first. */
export function flagsSetBy(project: Project, { trace, drains }: PathView): Flag[] {
  const sets = trace.steps.filter((step): step is SetStep => step.kind === 'set');
  // A plain `true` reads better than the promise of a run that has begun.
  const inOrder = [...sets.filter(({ value }) => value.kind === 'literal'), ...sets];
  return inOrder.flatMap((step): Flag[] => {
    const facts = plannedFile(project, step.spot.path)?.facts;
    if (!facts || step.target.kind !== 'name' || isFalse(step.value)) return [];
    if (drains.some((drain) => beginsBefore(drain.step, step))) return [];
    const binding = facts.bindings[step.target.binding];
    const isPlain = binding && binding.kind !== 'const' && !isShadowed(facts, binding);
    return isPlain
      ? [{ path: step.spot.path, name: binding.name, owner: binding.owner, start: binding.range.start }]
      : [];
  });
}

/** Whether a function that is made at a place of the flag's file, and called when requests come, can ask the flag. */
export function canAsk({ owner, start: declared }: Flag, facts: SourceFacts, start: number): boolean {
  if (!isAround(facts, owner, functionAt(facts, start))) return false;
  // Asked before it is there, a `let` throws: requests may come while the start waits for something.
  return declared <= start || !waits(facts, owner, start, declared);
}

function isShadowed({ bindings }: SourceFacts, { id, name }: { id: number; name: string }): boolean {
  return bindings.some((other) => other.name === name && other.id !== id);
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
