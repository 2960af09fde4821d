import type { Expr, SourceFacts } from '../../languages/source/facts.ts';
import { walkStatements } from '../../languages/source/walk.ts';
import type { Range } from '../../text/range.ts';
import { classOfThis } from '../classState.ts';
import type { McpServer } from '../server.ts';
import { lifetimesWith } from './lifetimes.ts';
import { type ShutdownCalls, shutdownCallsOf } from './unreleased.ts';

/** A list in which a program gathers records until a function of its own writes or sends them. */
export interface OwnBuffer {
  readonly path: string;
  readonly fn: number;
  /** `AuditTrail.flush`, or `flushEvents`. */
  readonly flush: string;
  /** The name of the function that flushes, where it is declared. */
  readonly range: Range;
}

/** What such a list, its class or its file is called. */
const records = /audit|log|trail|record|event|entr(y|ies)|history|usage|metric|telemetr|activity/i;

/** The buffers of a server that its SIGTERM handler does not flush. */
export function unflushedIn(server: McpServer): OwnBuffer[] {
  const { values } = server.shutdown;
  const found = [...server.execution.live].flatMap(([path, live]) => {
    const facts = values.program.facts(path);
    return facts ? buffersIn(path, facts, live) : [];
  });
  const lasting = found.filter(({ path, made }) => lifetimesWith(values).of(made, path, 0) !== 'call');
  const calls = lasting.length > 0 ? shutdownCallsOf(server) : undefined;
  return calls?.isKnown ? lasting.filter((buffer) => !isFlushed(buffer, calls)) : [];
}

interface FoundBuffer extends OwnBuffer {
  /** The `[]` that it begins with. */
  readonly made: Expr;
}

function buffersIn(path: string, facts: SourceFacts, live: ReadonlySet<number>): FoundBuffer[] {
  return facts.functions.flatMap(({ id: fn, name, nameRange, ownerClass, isAsync }): FoundBuffer[] => {
    if (!/flush/i.test(name) || !nameRange || !isAsync || !live.has(fn)) return [];
    const emptied = listsIn(facts, fn, isEmptied);
    const pushed = [...live]
      .filter((other) => other !== fn)
      .flatMap((other) => listsIn(facts, other, isPushed));
    const key = emptied.find((one) => pushed.includes(one));
    const made = key === undefined ? undefined : initialOf(key, facts);
    const cls = facts.classes[ownerClass]?.name;
    if (!made || !records.test(`${path.slice(path.lastIndexOf('/'))} ${cls} ${key} ${name}`)) return [];
    return [{ path, fn, flush: cls ? `${cls}.${name}` : name, range: nameRange, made }];
  });
}

/** The lists that a function's own body does something to, by a key of the field or variable. */
function listsIn(facts: SourceFacts, fn: number, isDone: (expr: Expr) => Expr | undefined): string[] {
  const found: string[] = [];
  walkStatements(facts.functions[fn]?.statements ?? [], (expr) => {
    const list = isDone(expr);
    const key = list && keyOf(list, facts, fn);
    if (key) found.push(key);
  });
  return found;
}

function keyOf(list: Expr, facts: SourceFacts, fn: number): string | undefined {
  if (list.kind === 'name') {
    return facts.bindings[list.binding]?.owner === 0 ? `${list.name} ${list.binding}` : undefined;
  }
  if (list.kind !== 'member' || list.object.kind !== 'this') return undefined;
  return `${list.property} of ${classOfThis(facts, fn)}`;
}

function isPushed(expr: Expr): Expr | undefined {
  const isPush = expr.kind === 'call' && expr.callee.kind === 'member' && expr.callee.property === 'push';
  return isPush && expr.callee.kind === 'member' ? expr.callee.object : undefined;
}

/** `list.splice(0)`, `list = []`, `list.length = 0`. */
function isEmptied(expr: Expr): Expr | undefined {
  if (expr.kind === 'call') {
    return expr.callee.kind === 'member' && expr.callee.property === 'splice'
      ? expr.callee.object
      : undefined;
  }
  if (expr.kind !== 'assign') return undefined;
  if (expr.value.kind === 'array' && expr.value.elements.length === 0) return expr.target;
  return expr.target.kind === 'member' && expr.target.property === 'length' ? expr.target.object : undefined;
}

/** The `[]` that a list begins with. */
function initialOf(key: string, { classes, bindings }: SourceFacts): Expr | undefined {
  const [name, , cls] = key.split(' ');
  const values =
    cls === undefined
      ? (bindings.find(({ id }) => key === `${name} ${id}`)?.values ?? []).map(({ expr }) => expr)
      : (classes[Number(cls)]?.initializers ?? [])
          .filter((one) => one.name === name)
          .map(({ value }) => value);
  return values.find(({ kind }) => kind === 'array');
}

/** Whether shutting down leads to the function, or to something unknown of its name. */
function isFlushed({ path, fn, flush }: FoundBuffer, { steps }: ShutdownCalls): boolean {
  const name = flush.slice(flush.indexOf('.') + 1);
  return steps.some(
    ({ spot, via, call: { callee } }) =>
      [spot, ...via].some((at) => at.path === path && at.fn === fn) ||
      (callee.kind === 'member' && callee.property === name),
  );
}
