import type { Binding, SourceFacts } from '../../languages/source/facts.ts';

/** Whether a function is another one or stands inside it. */
export function isWithin(facts: SourceFacts, fn: number, outer: number): boolean {
  for (let at = facts.functions[fn]; at; at = facts.functions[at.parent]) if (at.id === outer) return true;
  return false;
}

/** The bindings of a file that have a name, in any scope. */
export function bindingsNamed(facts: SourceFacts, name: string): Binding[] {
  return facts.bindings.filter((binding) => binding.name === name);
}
