import { writtenName } from '../../languages/source/names.ts';
import type { CallExpr } from '../program.ts';
import type { Site, Value } from '../value.ts';
import type { Values } from '../values.ts';
import { keeperIn } from './keepers.ts';
import type { HeldResource } from './resource.ts';
import type { ResourceRow } from './row.ts';
import {
  chainMethods,
  generalKeepers,
  isMeant,
  releaseForm,
  resourceTable,
  rowOpening,
  rowsOf,
} from './table.ts';

type Foreign = Extract<Value, { kind: 'foreign' }>;

/** What a call releases. */
export interface Release {
  readonly row: ResourceRow;
  /** The call that opened it, or its keeper; `undefined` where it may be any resource of the row. */
  readonly opened: Site | undefined;
  /** It is the keeper of the resource that is released. */
  readonly isKeeper: boolean;
  /** It is over when the call returns: there is nothing to wait for, and nothing that hangs. */
  readonly isAtOnce: boolean;
}

/**
 * What a call releases, seen by the values of what it calls: `pool.end()`, `mongoose.disconnect()`,
 * `clearInterval(timer)`. `[]` where it releases nothing that the table knows.
 *
 * @param callees what the call may call, such as `values.of(call.callee, path, fn)`
 * @param argument what its first argument may be
 */
export function releasesOf(
  callees: readonly Value[],
  argument: () => readonly Value[],
  values: Values,
): Release[] {
  return callees.flatMap((callee) => (callee.kind === 'foreign' ? releasedBy(callee, argument, values) : []));
}

/** `releasesOf` for a call as it stands in its function. */
export function releasesAt(call: CallExpr, path: string, fn: number, values: Values): Release[] {
  if (!releaseNames.has(writtenName(call.callee))) return [];
  const [first] = call.args;
  return releasesOf(
    values.of(call.callee, path, fn),
    () => (first ? values.of(first, path, fn) : []),
    values,
  );
}

/** Whether a release is, or may be, that of a resource. */
export function isReleasedBy(resource: HeldResource, { row, opened, isKeeper }: Release): boolean {
  // Which logger a log file was handed to is not always known: then any of them may be it.
  if (!opened || (isKeeper && !resource.keeper)) return row === resource.row;
  return opened.expr === resource.call || opened.expr === resource.keeper;
}

/**
 * Whether a call whose callee could not be followed may release a resource: it has the name of one of its releases.
 * `item.close()` in a loop over a list that is filled elsewhere may close anything.
 */
export function mayBeReleasedBy({ row }: HeldResource, call: CallExpr): boolean {
  const name = writtenName(call.callee);
  return releasesIn(row).some((text) => lastName(text) === name);
}

/** The names under which anything is released: a quick test before a call is looked at. */
const releaseNames: ReadonlySet<string> = new Set(resourceTable.flatMap(releasesIn).map(lastName));

function releasesIn({ releases, keeper }: ResourceRow): readonly string[] {
  return keeper ? [...releases, ...keeper.releases] : releases;
}

function lastName(text: string): string {
  return /([\w$]+)\(\)$/.exec(releaseForm(text).member)?.[1] ?? '';
}

function releasedBy(callee: Foreign, argument: () => readonly Value[], values: Values): Release[] {
  const called = `${callee.member}()`;
  const own = rowsOf(callee.module).flatMap((row) =>
    releasesIn(row).flatMap((text): Release[] => {
      const { on, member } = releaseForm(text);
      const isAtOnce = row.settles === 'at once' || row.atOnce?.includes(text) === true;
      if (on === 'module')
        return isMeant(member, called) ? [{ row, opened: undefined, isKeeper: false, isAtOnce }] : [];
      if (on === 'argument' || !called.endsWith(`.${member}`)) return [];
      const object = { ...callee, member: called.slice(0, -member.length - 1) };
      const found = openedAs(object, row, values);
      return found ? [{ ...found, isAtOnce }] : [];
    }),
  );
  return own.length > 0
    ? distinct(own)
    : [...byKeeper(callee), ...handedTo(callee, called, argument, values)];
}

/** `db.destroy()` of what ends whatever it was given. */
function byKeeper(callee: Foreign): Release[] {
  return generalKeepers.flatMap((keeper) =>
    keeper.releases.flatMap((text): Release[] => {
      const suffix = `.${releaseForm(text).member.replace('()', '')}`;
      const object = { ...callee, member: callee.member.slice(0, -suffix.length) };
      if (!callee.member.endsWith(suffix) || !keeperIn(object, [keeper])) return [];
      return [{ row: keeper, opened: callee.made, isKeeper: true, isAtOnce: false }];
    }),
  );
}

/** `clearInterval(timer)`, `process.kill(child.pid)`. */
function handedTo(
  callee: Foreign,
  called: string,
  argument: () => readonly Value[],
  values: Values,
): Release[] {
  const rows = resourceTable.filter(({ modules, releases }) =>
    releases.some((text) => {
      const { on, member } = releaseForm(text);
      if (on !== 'argument' || member !== called) return false;
      return text.startsWith('module.')
        ? modules.includes(callee.module)
        : callee.module === '' || modules.includes(callee.module);
    }),
  );
  if (rows.length === 0) return [];
  return argument().flatMap((value): Release[] => {
    if (value.kind !== 'foreign') return [];
    const found = rows.flatMap(
      (row) => openedAs(value, row, values) ?? openedAs(ownerOf(value), row, values) ?? [],
    )[0];
    return found && rows.includes(found.row) ? [found] : [];
  });
}

/** Of `child.pid` the child. */
function ownerOf(value: Foreign): Foreign {
  return { ...value, member: value.member.replace(/\.\w+$/, '') };
}

/** Whether a value was opened as a row says, or is its keeper: itself, or through methods that give the same object again. */
function openedAs(value: Foreign, row: ResourceRow, values: Values, depth = 0): Release | undefined {
  const opened = value.made;
  if (rowOpening(value) === row) return { row, opened, isKeeper: false, isAtOnce: row.settles === 'at once' };
  if (row.keeper && keeperIn(value, [row.keeper]))
    return { row, opened, isKeeper: true, isAtOnce: row.settles === 'at once' };
  const [, before, method] = /^(.*)\.([\w$]+)\(\)$/.exec(value.member) ?? [];
  if (before === undefined || !method || !chainMethods.has(method) || depth > 4) return undefined;
  const call = opened?.expr;
  if (!opened || call?.kind !== 'call' || call.callee.kind !== 'member') return undefined;
  for (const inner of values.of(call.callee.object, opened.path, opened.fn)) {
    if (inner.kind !== 'foreign' || inner.module !== value.module || inner.member !== before) continue;
    return openedAs(inner, row, values, depth + 1);
  }
  return undefined;
}

function distinct(releases: readonly Release[]): Release[] {
  return releases.filter(
    ({ row, opened }, index) =>
      releases.findIndex((other) => other.row === row && other.opened?.expr === opened?.expr) === index,
  );
}
