import type { Expr, SourceFacts } from '../../../languages/source/facts.ts';
import { exportedValues, exportLine, isCommonJs } from '../../source/moduleSystem.ts';
import { callsIn, type PlannedFile } from '../../source/plannedFile.ts';
import { type HeldVariable, isTaken, type Step } from './step.ts';

/** A function that the resource's module exports and that releases it. */
export function exportedCloser(held: HeldVariable, main: PlannedFile): Step | undefined {
  const { what, into, binding, run } = held;
  const method = /\.([\w$]+)\(/.exec(run)?.[1];
  const name = exportedValues(into.facts).find(({ value }) => {
    const fn = functionOf(value, into.facts);
    return fn !== undefined && releases(into.facts, fn, binding.id, method);
  })?.name;
  if (!name || /^(default|export=)$/.test(name) || isTaken(name, main)) return undefined;
  return { what, run: `${name}()`, imports: [{ name, from: into.file.path }] };
}

/** The same, written for it. */
export function addedCloser(held: HeldVariable, main: PlannedFile): Step | undefined {
  const { what, into, binding, run } = held;
  const name = `close${binding.name.charAt(0).toUpperCase()}${binding.name.slice(1)}`;
  if (
    into.facts.exports.length === 0 ||
    [into, main].some(({ facts }) => facts.bindings.some((each) => each.name === name))
  )
    return undefined;
  const isRequired = isCommonJs(into);
  const code = `

/** Closes the ${what} when the server shuts down. */
${isRequired ? '' : 'export '}async function ${name}()‹: Promise<void>› {
  await ${run};
}${isRequired ? `\n\n${exportLine(name, into)}` : ''}`;
  const at = { offset: into.file.text.replace(/\s+$/, '').length };
  return {
    what,
    run: `${name}()`,
    imports: [{ name, from: into.file.path }],
    insertions: [{ into, at, code }],
  };
}

function functionOf(value: Expr, facts: SourceFacts) {
  const of = (expr: Expr | undefined) => (expr?.kind === 'function' ? expr.fn : undefined);
  return (
    of(value) ?? (value.kind === 'name' ? of(facts.bindings[value.binding]?.values[0]?.expr) : undefined)
  );
}

function releases(facts: SourceFacts, fn: number, binding: number, method: string | undefined): boolean {
  if ((facts.functions[fn]?.parameters.length ?? 1) > 0) return false;
  return callsIn(facts, fn).some(
    ({ callee }) =>
      callee.kind === 'member' &&
      callee.property === method &&
      callee.object.kind === 'name' &&
      callee.object.binding === binding,
  );
}
