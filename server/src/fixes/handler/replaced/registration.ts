import type { Expr, SourceFacts, Statement } from '../../../languages/source/facts.ts';
import type { PlannedFile } from '../../source/plannedFile.ts';
import { placeOf, statementThatIs } from '../../source/statements.ts';
import { type OldBody, type OldCode, readBody } from './body.ts';
import type { StopListener } from './stdin.ts';

/** A signal listener that a new handler can take the place of. */
export interface OldListener {
  readonly listener: StopListener;
  readonly into: PlannedFile;
  /** What registers it, all of it. */
  readonly statement: Statement;
  readonly body: OldBody;
}

const nothing: OldBody = {
  parts: [],
  gone: [],
  dropped: [],
  functions: new Set(),
  guards: new Set(),
  causes: new Set(),
};

/** `undefined` where the registration, or what the handler does, is of a shape that is not known for certain. */
export function oldListener(listener: StopListener, from: OldCode): OldListener | undefined {
  const { into } = from;
  const registered = registrationOf(from, listener);
  const handler = listener.call.args[1];
  if (!registered || !handler || listener.call.args.length !== 2) return undefined;
  const body = bodyOf(listener, handler, from, registered.signal);
  return body && { listener, into, statement: registered.statement, body };
}

function bodyOf(
  { path, fn, firstSteps }: StopListener,
  handler: Expr,
  from: OldCode,
  signal: readonly number[],
): OldBody | undefined {
  const [ref, ...others] = from.calls.functions(handler, path, fn);
  if (ref) return others.length === 0 && ref.path === path ? readBody(ref, from, signal) : undefined;
  // process.on('SIGTERM', process.exit)
  return firstSteps.length > 0 && firstSteps.every(({ kind }) => kind === 'exits') ? nothing : undefined;
}

/** The statement that registers, and the variable that goes through the signals where it is a loop over them. */
export function registrationOf(
  from: Pick<OldCode, 'into' | 'places'>,
  { fn, call }: StopListener,
): { readonly statement: Statement; readonly signal: readonly number[] } | undefined {
  const { facts } = from.into;
  const own = facts.functions[fn];
  if (!own) return undefined;
  const direct = own.statements.find((statement) => isThis(statement, call)) ?? besideStart(from, fn, call);
  // An arrow function that is this call alone belongs to `signals.forEach(...)`.
  if (direct && !(own.isArrow && own.statements.length === 1 && fn !== 0 && eachOver(facts, fn)))
    return { statement: direct, signal: [] };
  const loop = own.statements.find(
    (statement) =>
      statement.kind === 'loop' &&
      statement.loop === 'for-of' &&
      statement.body.length === 1 &&
      isThis(statement.body[0], call),
  );
  if (loop?.kind === 'loop') return { statement: loop, signal: loop.bindings };
  const each = direct && eachOver(facts, fn);
  return each && { statement: each, signal: own.parameters[0]?.bindings ?? [] };
}

/** A statement in a block in which the server begins to serve: it runs whenever that does. */
function besideStart(
  { into, places }: Pick<OldCode, 'into' | 'places'>,
  fn: number,
  call: Expr,
): Statement | undefined {
  const statement = statementThatIs(into.facts, fn, call);
  const block = statement && placeOf(into.facts, fn, statement)?.block;
  const begins = places.some(
    (place) =>
      place.into.file === into.file &&
      block?.some(({ start, end }) => start <= place.start.call.start && place.start.call.end <= end),
  );
  return begins ? statement : undefined;
}

/** `['SIGINT', 'SIGTERM'].forEach(fn)` as a statement. */
function eachOver(facts: SourceFacts, fn: number): Statement | undefined {
  const parent = facts.functions[facts.functions[fn]?.parent ?? -1];
  return parent?.statements.find((statement) => {
    if (statement.kind !== 'expression' || statement.expr.kind !== 'call') return false;
    const { callee, args } = statement.expr;
    const [callback, ...others] = args;
    if (callee.kind !== 'member' || callee.property !== 'forEach' || others.length > 0) return false;
    return callback?.kind === 'function' && callback.fn === fn;
  });
}

function isThis(statement: Statement | undefined, call: Expr): boolean {
  if (statement?.kind === 'expression') return statement.expr === call;
  return statement?.kind === 'return' && statement.value === call;
}
