import type { Expr, SourceFacts } from '../../languages/source/facts.ts';
import { walkStatements } from '../../languages/source/walk.ts';

/** The first of some names that nothing in the file is called; `undefined` where all are taken. */
export function freeName(facts: SourceFacts, names: readonly string[]): string | undefined {
  const taken = new Set(facts.bindings.map(({ name }) => name));
  walkFile(facts, (expr) => {
    if (expr.kind === 'name') taken.add(expr.name);
  });
  return names.find((name) => !taken.has(name));
}

/** Where a file names a binding, its declaration left out. */
export function usesOfBinding(facts: SourceFacts, binding: number): Expr[] {
  const found: Expr[] = [];
  walkFile(facts, (expr) => {
    if (expr.kind === 'name' && expr.binding === binding) found.push(expr);
  });
  return found;
}

/** Whether a file gives a binding to others. */
export function isExported({ exports }: SourceFacts, binding: number): boolean {
  return exports.some(
    (fact) => fact.kind === 'value' && fact.value.kind === 'name' && fact.value.binding === binding,
  );
}

function walkFile({ functions }: SourceFacts, visit: (expr: Expr) => void): void {
  for (const { statements } of functions) walkStatements(statements, visit);
}
