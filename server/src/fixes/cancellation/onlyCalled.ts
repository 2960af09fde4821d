import type { Binding, Expr, FunctionFact, SourceFacts, Statement } from '../../languages/source/facts.ts';
import { childrenOf, isBlock, partsOf } from '../../languages/source/walk.ts';
import { memoized } from '../../project/memoize.ts';
import type { Program } from '../../project/program.ts';
import type { FunctionRef } from '../../project/value.ts';
import type { Values } from '../../project/values.ts';

/**
 * Whether a function is nowhere handed to others, who would call it with arguments of their own:
 * `addresses.map(read)` gives it an index.
 */
export function isOnlyCalled(own: FunctionFact, ref: FunctionRef, values: Values): boolean {
  for (const [file, facts] of values.program.files) {
    const { properties, names } = mentionedIn(facts);
    const isHanded = (properties.get(own.name) ?? []).some(({ expr, fn }) =>
      mayBe(values, expr, file, fn, ref),
    );
    if (isHanded || (own.ownerClass < 0 && isNamed(names, own.name, file, ref.path, values.program)))
      return false;
  }
  return true;
}

function mayBe(values: Values, expr: Expr, file: string, inside: number, { path, fn }: FunctionRef): boolean {
  return values
    .of(expr, file, inside)
    .some((value) =>
      value.kind === 'function' ? value.path === path && value.fn === fn : value.kind === 'unknown',
    );
}

function isNamed(
  names: Mentioned['names'],
  name: string,
  file: string,
  path: string,
  program: Program,
): boolean {
  for (const { imported, name: local } of names) {
    const from = imported && program.resolve(imported.specifier, file);
    const isSame = from?.kind === 'file' && from.path === path;
    if (from?.kind === 'file' && !isSame && givesOnlyItsOwn(from.path, program)) continue;
    if (local === name || imported?.name === name) return true;
    if (imported?.name === 'default' && isSame && isDefault(name, path, program)) return true;
  }
  return false;
}

/** Whether all that a file exports is made in it: nothing of it is another file's function. */
function givesOnlyItsOwn(path: string, program: Program): boolean {
  const facts = program.facts(path);
  return (facts?.exports ?? []).every(
    (fact) =>
      fact.kind === 'value' &&
      (fact.value.kind !== 'name' || facts?.bindings[fact.value.binding]?.imported === undefined),
  );
}

/** Whether a function is what its file exports as a whole, so that others call it as they like. */
function isDefault(name: string, path: string, program: Program): boolean {
  const exported = program.facts(path)?.exports ?? [];
  return exported.some(
    (fact) =>
      fact.kind === 'value' &&
      fact.name === 'default' &&
      (fact.value.kind === 'function' || (fact.value.kind === 'name' && fact.value.name === name)),
  );
}

/** What a file speaks of, beside what it only calls. */
interface Mentioned {
  /** Functions, and what else may be one. */
  readonly names: ReadonlySet<Binding>;
  /** `x.name`, by the name. */
  readonly properties: ReadonlyMap<string, readonly Mention[]>;
}

interface Mention {
  readonly expr: Expr;
  readonly fn: number;
}

const mentionedIn = memoized((facts: SourceFacts): Mentioned => {
  const names = new Set<Binding>();
  const properties = new Map<string, Mention[]>();
  const visit = (expr: Expr, fn: number, isCalled: boolean): void => {
    if (!isCalled && expr.kind === 'name') {
      const binding = facts.bindings[expr.binding];
      if (binding && mayBeFunction(binding)) names.add(binding);
    }
    if (!isCalled && expr.kind === 'member') {
      properties.set(expr.property, [...(properties.get(expr.property) ?? []), { expr, fn }]);
    }
    for (const inner of childrenOf(expr)) {
      if (!isMethodOf(expr, inner)) visit(inner, fn, expr.kind === 'call' && inner === expr.callee);
    }
  };
  const visitBlock = (statements: readonly Statement[], fn: number): void => {
    for (const part of statements.flatMap(partsOf)) {
      if (isBlock(part)) visitBlock(part, fn);
      else visit(part, fn, false);
    }
  };
  for (const { statements, id } of facts.functions) visitBlock(statements, id);
  for (const { initializers } of facts.classes) for (const { value } of initializers) visit(value, 0, false);
  return { names, properties };
});

/** `{ read }`: whoever hands `x.read` on is found by that. */
function isMethodOf(object: Expr, value: Expr): boolean {
  if (object.kind !== 'object' || value.kind !== 'name') return false;
  return object.properties.some((property) => property.value === value && property.key === value.name);
}

/** A parameter holds what was spoken of elsewhere; a value that is made is no function. */
function mayBeFunction({ kind, values }: Binding): boolean {
  if (kind === 'parameter' || kind === 'catch') return false;
  return values.length === 0 || values.some(({ expr, part }) => part.length > 0 || expr.kind === 'function');
}
