import type { Expr } from '../../languages/source/facts.ts';
import { walkExpression } from '../../languages/source/walk.ts';
import { memoized } from '../memoize.ts';
import type { CallExpr, Program } from '../program.ts';
import type { Value } from '../value.ts';
import type { Values } from '../values.ts';
import { holdersOf } from './holders.ts';
import { keeperOf } from './keepers.ts';
import { lifetimesWith } from './lifetimes.ts';
import { outlivesItsCall } from './longRunning.ts';
import { isReleasedBy, releasesAt } from './releases.ts';
import type { HeldResource } from './resource.ts';
import type { ResourceRow } from './row.ts';
import { releaseForm, rowOpening } from './table.ts';

export type { HeldResource } from './resource.ts';

/** What the calls of one function open. */
export function resourcesIn(path: string, fn: number, program: Program, values: Values): HeldResource[] {
  return program.callsIn(path, fn).flatMap((call): HeldResource[] => {
    const row = rowOf(call, path, fn, values);
    const facts = program.facts(path);
    if (!row || !facts || !isOpening(call, row, path, fn, values)) return [];
    const keeper = keeperOf(call, row, path, values);
    const kept = keeper?.call ?? call;
    const resource: HeldResource = {
      row,
      what: row.what,
      path,
      fn,
      call,
      keeper: keeper?.call,
      releases: keeper?.by.releases ?? row.releases,
      holders: holdersOf(kept, facts),
      lifetime: lifetimesWith(values).of(kept, path, fn),
      keepsAlive: row.keepsAlive && !unreferenced(values).has(call),
      release: releaseText(row, keeper !== undefined),
    };
    if (row.kind === 'child process' && outlivesItsCall(call, path, fn, program))
      return [{ ...resource, lifetime: 'process' }];
    return [isDoneWith(resource, values) ? { ...resource, lifetime: 'call' } : resource];
  });
}

/** What usually ends by itself, and is then only waited for: a command, a worker with one job, a file that is written. */
const endsByItself = new Set(['child process', 'worker', 'file']);

/** A local variable that the function itself closes, or that ends by itself: also at the start that is soon over. */
function isDoneWith(resource: HeldResource, values: Values): boolean {
  const { path, fn, call, keeper, row } = resource;
  if (fn === 0 || !lifetimesWith(values).isLocal(keeper ?? call, path)) return false;
  if (endsByItself.has(row.kind)) return true;
  return values.program
    .callsIn(path, fn)
    .some((other) => releasesAt(other, path, fn, values).some((release) => isReleasedBy(resource, release)));
}

function rowOf(call: CallExpr, path: string, fn: number, values: Values): ResourceRow | undefined {
  for (const value of values.of(call, path, fn)) {
    if (value.kind === 'foreign' && value.made?.expr === call) {
      const row = rowOpening(value);
      if (row) return row;
    }
  }
  return call.isNew ? rowOfSubclass(call, path, fn, values) : undefined;
}

/** `new Database()` where `class Database extends Client`. */
function rowOfSubclass(call: CallExpr, path: string, fn: number, values: Values): ResourceRow | undefined {
  for (const callee of values.of(call.callee, path, fn)) {
    if (callee.kind !== 'class') continue;
    const base = values.program.facts(callee.path)?.classes[callee.cls]?.extends;
    for (const value of base ? values.of(base, callee.path, 0) : []) {
      if (value.kind !== 'foreign') continue;
      const row = rowOpening({ ...value, member: `${value.member}()` });
      if (row) return row;
    }
  }
  return undefined;
}

/** Whether the options say that this call really opens something of its own. */
function isOpening(call: CallExpr, row: ResourceRow, path: string, fn: number, values: Values): boolean {
  if (row.onlyWith && !call.args.some((argument) => hasProperty(argument, row.onlyWith ?? []))) return false;
  if (row.notWith && call.args.some((argument) => hasProperty(argument, row.notWith ?? []))) return false;
  return !row.mayWrap || call.args.every((argument) => isText(argument, path, fn, values));
}

function hasProperty(expr: Expr, names: readonly string[]): boolean {
  let found = false;
  walkExpression(expr, (inner) => {
    if (inner.kind === 'object') found ||= inner.properties.some((property) => isAmong(property, names));
  });
  return found;
}

function isAmong(
  { key, value }: { readonly key?: string | undefined; readonly value: Expr },
  names: readonly string[],
): boolean {
  return (
    key !== undefined &&
    (names.includes(key) || (value.kind === 'literal' && names.includes(`${key}: ${String(value.value)}`)))
  );
}

/** An address, or options that hold one: nothing that others have opened. */
function isText(expr: Expr, path: string, fn: number, values: Values): boolean {
  if (expr.kind === 'object') return expr.properties.some(({ key }) => key === 'connection');
  if (expr.kind === 'template') return true;
  return values.of(expr, path, fn).every((value) => value.kind === 'literal' || isEnvironment(value));
}

function isEnvironment(value: Value): boolean {
  return value.kind === 'foreign' && value.module === '' && value.member.startsWith('process.env');
}

/** What `timer.unref()` is called on, wherever that stands. */
const unreferenced = memoized((values: Values): ReadonlySet<Expr> => {
  const timers = values.program.callsNamed('unref').flatMap(({ call: { callee }, path, fn }) => {
    return callee.kind === 'member' ? values.of(callee.object, path, fn) : [];
  });
  return new Set(
    timers.flatMap((timer) => (timer.kind === 'foreign' && timer.made ? [timer.made.expr] : [])),
  );
});

/** @returns `undefined` where the release is a function of the module, or has to be waited for by a callback */
function releaseText({ releases, settles }: ResourceRow, isKept: boolean): string | undefined {
  const [first] = releases;
  if (!first || settles === 'callback' || isKept) return undefined;
  return releaseForm(first).on === 'module' ? undefined : first;
}
