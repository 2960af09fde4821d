import type { SourceFacts } from '../../../languages/source/facts.ts';
import { walkStatements } from '../../../languages/source/walk.ts';
import type { Range } from '../../../text/range.ts';
import { isExported, usesOfBinding } from '../../source/names.ts';
import type { PlannedFile } from '../../source/plannedFile.ts';
import { declarationOf } from '../../source/statements.ts';
import type { OldListener } from './registration.ts';

/** What nothing needs any more once some listeners of a file are gone. */
export interface Obsolete {
  readonly ranges: readonly Range[];
  /** Those among them that declare flags, and lists of signals. */
  readonly variables: readonly Range[];
  /** Bindings of flags that only the old handlers asked. */
  readonly flags: ReadonlySet<number>;
}

/** `undefined` where a function of the handler is used by others too, and so would end the process beside the new one. */
export function obsoleteRanges(
  listeners: readonly OldListener[],
  { file, facts }: PlannedFile,
): Obsolete | undefined {
  const ranges: Range[] = listeners.map(({ statement }) => statement);
  const isGone = (at: Range) => ranges.some(({ start, end }) => start <= at.start && at.end <= end);
  /** Types are no part of the facts: `type Signal = (typeof signals)[number]`. */
  const isNamedElsewhere = (binding: number, gone: readonly Range[]) => {
    const names = file.text.matchAll(new RegExp(`\\b${facts.bindings[binding]?.name}\\b`, 'g'));
    return [...names].some(({ index }) => !gone.some(({ start, end }) => start <= index && index < end));
  };
  const functions = new Set(listeners.flatMap(({ body }) => [...body.functions]));
  const bindings: number[] = [];
  for (const fn of functions) {
    const fact = facts.functions[fn];
    if (!fact || isGone(fact.range)) continue;
    const declared = functionDeclared(facts, fn);
    if (!declared) return undefined;
    ranges.push(declared.range);
    bindings.push(declared.binding);
  }
  const isUsed = (binding: number) =>
    isExported(facts, binding) || usesOfBinding(facts, binding).some((use) => !isGone(use));
  if (bindings.some(isUsed)) return undefined;
  const variables: Range[] = [];
  const flags = new Set<number>();
  for (const binding of new Set(listeners.flatMap(({ body }) => [...body.guards]))) {
    const statement = alone(facts, binding);
    if (isUsed(binding)) continue;
    flags.add(binding);
    if (statement) variables.push(statement);
  }
  for (const binding of listsOf(listeners, facts)) {
    const statement = alone(facts, binding);
    if (statement && !isUsed(binding) && !isNamedElsewhere(binding, [...ranges, statement]))
      variables.push(statement);
  }
  return { ranges: [...ranges, ...variables], variables, flags };
}

/** The constants that only registrations name: `signals` of `signals.forEach((signal) => process.on(signal, ...))`. */
function listsOf(listeners: readonly OldListener[], { bindings }: SourceFacts): ReadonlySet<number> {
  const found = new Set<number>();
  for (const { statement } of listeners) {
    walkStatements([statement], (expr) => {
      if (expr.kind !== 'name' || bindings[expr.binding]?.kind !== 'const') return;
      const [only, ...others] = bindings[expr.binding]?.values ?? [];
      if (only?.expr.kind === 'array' && others.length === 0) found.add(expr.binding);
    });
  }
  return found;
}

/** `function stop() {}` or `const stop = () => {}`. */
function functionDeclared(facts: SourceFacts, fn: number): { range: Range; binding: number } | undefined {
  const binding = facts.bindings.find(
    ({ values }) => values.length === 1 && values[0]?.expr.kind === 'function' && values[0].expr.fn === fn,
  );
  const fact = facts.functions[fn];
  if (!binding || !fact) return undefined;
  if (binding.kind === 'function') return { range: fact.range, binding: binding.id };
  const statement = alone(facts, binding.id);
  return statement && { range: statement, binding: binding.id };
}

/** The statement that declares a binding and nothing else. */
function alone(facts: SourceFacts, binding: number): Range | undefined {
  const statement = declarationOf(facts, binding);
  return statement?.bindings.length === 1 ? statement : undefined;
}
