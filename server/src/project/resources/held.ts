import type { Expr } from '../../languages/source/facts.ts';
import { walkExpression } from '../../languages/source/walk.ts';
import type { CallExpr, Program } from '../program.ts';
import type { Value } from '../value.ts';
import type { Values } from '../values.ts';
import { type Holder, holdersOf } from './holders.ts';
import { keeperOf } from './keepers.ts';
import { type Lifetime, lifetimesWith } from './lifetimes.ts';
import type { ResourceRow } from './row.ts';
import { releaseForm, rowOpening } from './table.ts';

/** Something that code opens and has to release. */
export interface HeldResource {
  readonly row: ResourceRow;
  /** In a reader's words: "PostgreSQL connection pool". */
  readonly what: string;
  readonly path: string;
  readonly fn: number;
  /** The call that opens it. */
  readonly call: CallExpr;
  /** The call that makes what owns it and is released in its place (the logger of a file transport). */
  readonly keeper: CallExpr | undefined;
  /** By what it is kept, as far as its own statement tells. */
  readonly holders: readonly Holder[];
  readonly lifetime: Lifetime;
  /** Whether the process does not end by itself while it is open. */
  readonly keepsAlive: boolean;
  /** How it is released, with `x` for the object; `undefined` where that takes more than one call. */
  readonly release: string | undefined;
}

/** Whether an exit without a release loses data or leaves something behind. */
export function isMissedAtExit({ row }: HeldResource): boolean {
  return row.atExit !== 'nothing';
}

/** What the calls of one function open. */
export function resourcesIn(path: string, fn: number, program: Program, values: Values): HeldResource[] {
  return program.callsIn(path, fn).flatMap((call): HeldResource[] => {
    const row = rowOf(call, path, fn, values);
    const facts = program.facts(path);
    if (!row || !facts || !isOpening(call, row, path, fn, values)) return [];
    const keeper = keeperOf(call, row, path, values);
    const kept = keeper ?? call;
    return [
      {
        row,
        what: row.what,
        path,
        fn,
        call,
        keeper,
        holders: holdersOf(kept, facts),
        lifetime: lifetimesWith(values).of(kept, path, fn),
        keepsAlive: row.keepsAlive && !isUnreferenced(call, program, values),
        release: releaseText(row),
      },
    ];
  });
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
    if (inner.kind === 'object') found ||= inner.properties.some(({ key }) => names.includes(key ?? ''));
  });
  return found;
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

/** `timer.unref()`, wherever that stands. */
function isUnreferenced(call: CallExpr, program: Program, values: Values): boolean {
  return program
    .callsNamed('unref')
    .some(
      ({ call: { callee }, path, fn }) =>
        callee.kind === 'member' &&
        values
          .of(callee.object, path, fn)
          .some((value) => value.kind === 'foreign' && value.made?.expr === call),
    );
}

/** @returns `undefined` where the release is a function of the module, or has to be waited for by a callback */
function releaseText({ releases, settles, keeper }: ResourceRow): string | undefined {
  const [first] = releases;
  if (!first || settles === 'callback' || keeper) return undefined;
  return releaseForm(first).on === 'module' ? undefined : first;
}
