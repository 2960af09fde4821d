import type { Expr } from '../../languages/source/facts.ts';
import type { CallExpr } from '../program.ts';
import type { Value } from '../value.ts';
import type { Values } from '../values.ts';
import { type Cancellable, cancellableRows } from './cancellableTable.ts';

/**
 * What a call waits for, if it is in the table; `undefined` where it is not known for certain. A function that was
 * promisified does not call back any more.
 * @param callees what may be called
 */
export function cancellableOf(callees: readonly Value[], values: Values): Cancellable | undefined {
  const found = callees.map((value) => rowOf(value, values));
  return found.every((row) => row === found[0]) ? found[0] : undefined;
}

function rowOf(value: Value, values: Values): Cancellable | undefined {
  if (value.kind !== 'foreign') return undefined;
  const { module, member, made } = value;
  if (module === 'util' && member === 'promisify()' && made?.expr.kind === 'call') {
    const [inner] = made.expr.args;
    const [of, ...others] = inner ? values.of(inner, made.path, 0) : [];
    const row = of && others.length === 0 ? rowOf(of, values) : undefined;
    return row && promisified(row);
  }
  return cancellableRows.find((row) => row.module.test(module) && row.member.test(member));
}

const asPromises = new Map(cancellableRows.map((row) => [row, { ...row, isCallback: false }]));

function promisified(row: Cancellable): Cancellable | undefined {
  return asPromises.get(row);
}

/** Whether a call certainly passes no signal: the argument that would hold it is missing, or is known and has none. */
export function passesNoSignal(
  { args }: CallExpr,
  { signal, hasOptionalArguments }: Cancellable,
  path: string,
  fn: number,
  values: Values,
): boolean {
  if (signal === 'race') return true;
  if (args.some(({ kind }) => kind === 'spread')) return false;
  const isStreamOrPlain = (value: Value) => value.kind === 'foreign' || holdsNone(value);
  if (signal === 'last')
    return args.slice(-1).every((last) => values.of(last, path, fn).every(isStreamOrPlain));
  const holder = args[signal];
  const others = hasOptionalArguments && !holder ? args.slice(1) : [];
  const [first] = args;
  const isPlain = (argument: Expr) => values.of(argument, path, fn).every(holdsNone);
  return (
    [...(holder ? [holder] : []), ...others].every(isPlain) &&
    !(first && values.of(first, path, fn).some(mayHoldOne))
  );
}

function holdsNone(value: Value): boolean {
  if (value.kind === 'object' && value.expr.kind === 'object') {
    return value.expr.properties.every(({ key }) => key !== undefined && !/signal|cancelToken/i.test(key));
  }
  return value.kind === 'literal' || value.kind === 'array' || value.kind === 'function';
}

/** `fetch(new Request(url, { signal }))`, `got({ url, signal })`. */
function mayHoldOne(value: Value): boolean {
  if (value.kind === 'foreign') return /(^|\.)Request\(\)$/.test(value.member);
  return value.kind === 'object' && !holdsNone(value);
}
