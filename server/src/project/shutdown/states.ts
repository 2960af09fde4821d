import type { Expr, SourceFacts } from '../../languages/source/facts.ts';
import { walkExpression, walkStatements } from '../../languages/source/walk.ts';
import { classOfThis } from '../classState.ts';
import { gettersOf } from '../members.ts';
import { memoized } from '../memoize.ts';
import type { Put } from '../stores.ts';
import { type FunctionRef, functionKey, functionsOf, type Value } from '../value.ts';
import type { Values } from '../values.ts';
import type { Spot } from './steps.ts';

/** A variable or field that code looks at: the name it is known by, and the collection that it holds, if any. */
export interface State {
  /** File and binding, or file, class and property. */
  readonly key: string;
  readonly name: string;
  /** What makes the collection (`new Set()`), where it holds one. */
  readonly made: Expr | undefined;
}

const maxDepth = 4;

/** The states that an expression depends on, also over the functions that it calls. */
export function statesOf({ path, fn, expr }: Spot, values: Values): State[] {
  const found = new Map<string, State>();
  const seen = new Set<string>();
  const visit = (at: Expr, file: string, owner: number, depth: number): void => {
    walkExpression(at, (inner) => {
      if (inner.kind === 'name' || inner.kind === 'member') {
        const key = stateKey(inner, file, owner, values);
        if (key)
          found.set(key, {
            key,
            name: inner.kind === 'name' ? inner.name : inner.property,
            made: madeBy(values.of(inner, file, owner)),
          });
      }
      if (depth >= maxDepth) return;
      for (const ref of runBy(inner, file, owner, values)) {
        const id = functionKey(ref);
        if (seen.has(id)) continue;
        seen.add(id);
        walkStatements(values.program.functionAt(ref.path, ref.fn)?.statements ?? [], (each) => {
          visit(each, ref.path, ref.fn, depth + 1);
          return false;
        });
      }
    });
  };
  visit(expr, path, fn, 0);
  return [...found.values()];
}

/** The functions that an expression itself runs: what it calls, or the getter that it reads. */
function runBy(expr: Expr, path: string, fn: number, values: Values): FunctionRef[] {
  if (expr.kind === 'call') return functionsOf(values.of(expr.callee, path, fn));
  if (expr.kind !== 'member') return [];
  return values
    .of(expr.object, path, fn)
    .flatMap((object) => gettersOf(values.program, object, expr.property));
}

/** Whether a function looks at one of some states, also over the functions that it calls. */
export function looksAtAny({ path, fn }: FunctionRef, keys: ReadonlySet<string>, values: Values): boolean {
  let found = false;
  walkStatements(values.program.functionAt(path, fn)?.statements ?? [], (expr) => {
    if (expr.kind === 'assign') return;
    if (expr.kind === 'name' || expr.kind === 'member' || expr.kind === 'call')
      found ||= statesOf({ path, fn, expr }, values).some(({ key }) => keys.has(key));
  });
  return found;
}

/** The name under which a variable or field of the project is known; `undefined` for anything else. */
export function stateKey(expr: Expr, path: string, fn: number, values: Values): string | undefined {
  if (expr.kind === 'name') {
    const binding = values.program.facts(path)?.bindings[expr.binding];
    if (!binding) return undefined;
    if (binding.imported) return importedKey(binding.imported, path, values);
    return binding.kind === 'let' || binding.kind === 'const' || binding.kind === 'var'
      ? `${path}#${expr.binding}`
      : undefined;
  }
  if (expr.kind !== 'member') return undefined;
  if (expr.object.kind === 'this') {
    const facts = values.program.facts(path);
    const cls = facts ? classOfThis(facts, fn) : -1;
    return cls < 0 ? undefined : `${path}#class${cls}.${expr.property}`;
  }
  for (const object of values.of(expr.object, path, fn)) {
    if (object.kind === 'instance') return `${object.path}#class${object.cls}.${expr.property}`;
    if (object.kind === 'object') return `${object.path}@${object.expr.start}.${expr.property}`;
  }
  return undefined;
}

function importedKey(
  imported: { specifier: string; name: string },
  from: string,
  values: Values,
): string | undefined {
  const target = values.program.resolve(imported.specifier, from);
  if (target.kind !== 'file') return undefined;
  for (const fact of values.program.facts(target.path)?.exports ?? []) {
    if (fact.kind === 'value' && fact.name === imported.name)
      return stateKey(fact.value, target.path, 0, values);
  }
  return undefined;
}

function madeBy(values: readonly Value[]): Expr | undefined {
  for (const value of values) {
    if (value.kind === 'array' || value.kind === 'object') return value.expr;
    if (value.kind === 'foreign' && value.module === '' && /^(Map|Set|Object\.create)\(\)/.test(value.member))
      return value.made?.expr;
  }
  return undefined;
}

/** A place that changes a state. */
export interface Change {
  readonly path: string;
  readonly fn: number;
  readonly at: Expr;
  /** `grows`: something is added or counted up; `sets`: it gets another value. */
  readonly how: 'grows' | 'sets';
  readonly value: Expr | undefined;
}

/** Every place of a program that changes a state. */
export function changesOf(state: State, values: Values): Change[] {
  const puts = state.made ? (values.stores?.into(state.made) ?? []).map(grows) : [];
  const [path = ''] = /^[^#@]+/.exec(state.key) ?? [];
  const changes = [...puts];
  for (const [file, facts] of values.program.files) {
    // A variable is changed in its own file; a field also from outside.
    if (file !== path && !state.key.includes('class') && !state.key.includes('@')) continue;
    for (const change of assignmentsIn(facts)) {
      if (change.target.kind === 'member' && change.target.property !== state.name) continue;
      if (change.target.kind === 'name' && change.target.name !== state.name) continue;
      if (stateKey(change.target, file, change.fn, values) !== state.key) continue;
      changes.push({ path: file, fn: change.fn, at: change.at, how: change.how, value: change.value });
    }
  }
  return changes;
}

function grows({ path, fn, at, value }: Put): Change {
  return { path, fn, at, how: 'grows', value };
}

interface Assignment {
  readonly fn: number;
  readonly target: Expr;
  readonly at: Expr;
  readonly how: Change['how'];
  readonly value: Expr | undefined;
}

/** `x = value`, `x += 1`, `x++` of a file, for names and members. */
const assignmentsIn = memoized((facts: SourceFacts): readonly Assignment[] => {
  const found: Assignment[] = [];
  for (const { id: fn, statements } of facts.functions) {
    walkStatements(statements, (expr) => {
      if (expr.kind === 'unary' && expr.operator === '++')
        found.push({ fn, target: expr.operand, at: expr, how: 'grows', value: undefined });
      if (expr.kind !== 'assign') return;
      const how = expr.operator === '+=' || isSum(expr.value) ? 'grows' : 'sets';
      found.push({ fn, target: expr.target, at: expr, how, value: expr.value });
    });
  }
  return found;
});

function isSum(value: Expr): boolean {
  return value.kind === 'binary' && value.operator === '+';
}
