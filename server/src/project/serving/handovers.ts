import type { Expr } from '../../languages/source/facts.ts';
import type { CallExpr, Program } from '../program.ts';
import { baseOf, transportOf } from '../transports.ts';
import { type FunctionRef, functionKey, functionsOf } from '../value.ts';
import type { Values } from '../values.ts';

/** A call that gives an HTTP request to a transport: `transport.handleRequest(req, res, req.body)`. */
export interface Handover {
  readonly path: string;
  readonly fn: number;
  readonly call: CallExpr;
  readonly transport: 'streamable-http' | 'sse';
}

/** How many functions are looked at from one route, and how many calls on. */
const maxVisited = 200;
const maxDepth = 4;

/** The calls in one function's own body that give requests to a transport. */
function handoversIn(path: string, fn: number, program: Program, values: Values): Handover[] {
  return program.callsIn(path, fn).flatMap((call) => handoverOf(call, path, fn, values) ?? []);
}

/** Where requests reach a transport that some functions are given, over calls and callbacks; the nearest first. */
export function handoversFrom(
  refs: readonly FunctionRef[],
  program: Program,
  values: Values,
): readonly Handover[] {
  const found: Handover[] = [];
  const seen = new Set<string>();
  let front = refs;
  for (let depth = 0; depth <= maxDepth && front.length > 0; depth += 1) {
    const next: FunctionRef[] = [];
    for (const { path, fn } of front) {
      const key = functionKey({ path, fn });
      if (seen.has(key) || seen.size > maxVisited) continue;
      seen.add(key);
      found.push(...handoversIn(path, fn, program, values));
      next.push(...functionsFrom(path, fn, program, values));
    }
    front = next;
  }
  return found;
}

/** Where requests reach a transport from some calls of a function's body. */
export function handoversBy(
  calls: readonly CallExpr[],
  { path, fn }: FunctionRef,
  program: Program,
  values: Values,
): readonly Handover[] {
  const own = calls.flatMap((call) => handoverOf(call, path, fn, values) ?? []);
  const refs = calls.flatMap(({ callee, args }) =>
    [callee, ...args].flatMap((expr) => functionsOf(values.of(expr, path, fn))),
  );
  return [...own, ...handoversFrom(refs, program, values)];
}

/** What a function calls, and the functions written inside it. */
function functionsFrom(path: string, fn: number, program: Program, values: Values): FunctionRef[] {
  const facts = program.facts(path);
  if (!facts) return [];
  // A parameter that is called may be whatever some other caller passed; what this one did is written inside it.
  const called = program.callsIn(path, fn).flatMap(({ callee }) => {
    const isParameter = callee.kind === 'name' && facts.bindings[callee.binding]?.kind === 'parameter';
    return isParameter ? [] : functionsOf(values.of(callee, path, fn));
  });
  const inner = facts.functions.filter(({ parent, id }) => parent === fn && id !== fn);
  return [...called, ...inner.map(({ id }) => ({ path, fn: id }))];
}

function handoverOf(call: CallExpr, path: string, fn: number, values: Values): Handover | undefined {
  const transport = transportOfCall(call, path, fn, values);
  return transport && { path, fn, call, transport };
}

function transportOfCall(
  { callee, args, isNew }: CallExpr,
  path: string,
  fn: number,
  values: Values,
): Handover['transport'] | undefined {
  // A stream of the legacy transport is opened by the object that is made for it.
  if (isNew) return values.of(callee, path, fn).map(transportOf).includes('sse') ? 'sse' : undefined;
  if (callee.kind === 'name') return madeHandler(callee, path, fn, values);
  if (callee.kind !== 'member' || args.length === 0 || isOwn(callee.object, path, fn, values))
    return undefined;
  if (callee.property === 'handlePostMessage') return 'sse';
  if (callee.property === 'handleRequest') return 'streamable-http';
  if (callee.property !== 'fetch' && callee.property !== 'node') return undefined;
  const of = values.of(callee.object, path, fn).map(transportOf);
  return of.includes('streamable-http') ? 'streamable-http' : undefined;
}

/** `const handle = toNodeHandler(...)`: `handle(req, res)`. */
function madeHandler(
  callee: Expr,
  path: string,
  fn: number,
  values: Values,
): Handover['transport'] | undefined {
  const isMade = values.of(callee, path, fn).some((value) => {
    const isCalled = value.kind === 'foreign' && value.member.endsWith('()');
    return isCalled && transportOf(value) === 'streamable-http';
  });
  return isMade ? 'streamable-http' : undefined;
}

/** An object of a class of the project that is no transport: its `handleRequest` is a method like any other. */
function isOwn(object: Expr, path: string, fn: number, values: Values): boolean {
  if (object.kind === 'this' || object.kind === 'super') return true;
  return values.of(object, path, fn).some((value) => {
    return value.kind === 'instance' && !transportOf(baseOf(value, values));
  });
}
