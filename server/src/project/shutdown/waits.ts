import type { Expr } from '../../languages/source/facts.ts';
import { walkExpression } from '../../languages/source/walk.ts';
import type { Execution } from '../execution.ts';
import { functionKey, type Value } from '../value.ts';
import type { Values } from '../values.ts';
import { type Change, changesOf, type State, statesOf } from './states.ts';
import type { WaitStep } from './steps.ts';
import type { Trace } from './trace.ts';

/** What a wait is for. */
export type Subject =
  /** Calls or requests: something that is added when work begins. */
  | { readonly kind: 'calls' }
  /** Sessions, transports or servers: they stay for as long as a client is connected. */
  | { readonly kind: 'sessions'; readonly state: State; readonly added: Change }
  /** Something that nothing in the running server ever fills or counts up. */
  | { readonly kind: 'nothing'; readonly state: State }
  /** A flag of the program's own: a flush that is under way. */
  | { readonly kind: 'flag'; readonly state: State | undefined }
  /** A time. */
  | { readonly kind: 'time'; readonly ms: number | undefined }
  | { readonly kind: 'unknown' };

/** Names that say that calls are counted. */
const callNames =
  /in.?flight|pending|active.?(calls?|requests?|executions?|tools?|operations?)|running|outstanding|ongoing|requests?$|calls?$|operations?$|executions?$|busy/i;

/** A collection of clean-up that is under way, by its name: no call of a client is in it. */
function isOwnWork({ name }: State): boolean {
  return /dispos|clean.?up|teardown|flush|clos(e|ing)s?$/i.test(name);
}

/** What the line waits for, as far as what is looked at tells; what the path itself adds is its own work. */
export function subjectOf(wait: WaitStep, { steps }: Trace, values: Values, execution: Execution): Subject {
  if (wait.how === 'said') return { kind: 'calls' };
  if (wait.how === 'sleep') return { kind: 'time', ms: wait.bound?.ms };
  const own = new Set(steps.map(({ spot }) => functionKey(spot)));
  const states = wait.condition.flatMap((spot) => statesOf(spot, values));
  const counted: Subject[] = [];
  for (const state of states) {
    const changes = changesOf(state, values);
    const live = changes.filter(({ path, fn }) => execution.live.get(path)?.has(fn));
    const growing = live.filter(
      ({ how, path, fn }) => how === 'grows' && !own.has(functionKey({ path, fn })),
    );
    const session = growing.find((change) => isSession(change, values));
    if (session) counted.push({ kind: 'sessions', state, added: session });
    else if (growing.length > 0) counted.push(isOwnWork(state) ? { kind: 'flag', state } : { kind: 'calls' });
    else if (isTracker(state, changes)) counted.push({ kind: 'nothing', state });
    else if (live.length > 0) counted.push({ kind: 'flag', state });
  }
  return (
    counted.find(({ kind }) => kind === 'calls') ??
    counted.find(({ kind }) => kind === 'sessions') ??
    counted.find(({ kind }) => kind === 'nothing') ??
    counted.find(({ kind }) => kind === 'flag') ??
    (isNamedSo(wait, values) ? { kind: 'unknown' } : { kind: 'flag', state: undefined })
  );
}

/** Whether a promise of unknown making may be one of calls: one that no name speaks for is taken for the program's own. */
function isNamedSo({ how, condition, via }: WaitStep, values: Values): boolean {
  if (how !== 'value') return true;
  const texts = [...condition, ...via].map(({ expr }) => namesIn(expr));
  const functions = via.map(({ path, fn }) => values.program.functionAt(path, fn)?.name ?? '');
  return /drain|idle|flight|pending|settle|quiesce|active|request|calls?$/i.test(
    [...texts, ...functions].join(' '),
  );
}

function namesIn(expr: Expr): string {
  const names: string[] = [];
  walkExpression(expr, (inner) => {
    if (inner.kind === 'name') names.push(inner.name);
    if (inner.kind === 'member') names.push(inner.property);
  });
  return names.join(' ');
}

/** A collection or counter that is meant to count work, by its name, and that code somewhere would fill. */
function isTracker({ made, name }: State, changes: readonly Change[]): boolean {
  return callNames.test(name) && (made !== undefined || changes.some(({ how }) => how === 'grows'));
}

/** Whether what is added is a session: a transport, a server, or an object that holds one. */
function isSession({ value, path, fn }: Change, values: Values): boolean {
  if (!value) return false;
  return values.of(value, path, fn).some((held) => holdsTransport(held, values, 0));
}

function holdsTransport(value: Value, values: Values, depth: number): boolean {
  if (value.kind === 'foreign')
    return (
      /^@modelcontextprotocol\/|^@hono\/mcp$/.test(value.module) &&
      /(Transport|Server)\(\)$/.test(value.member)
    );
  if (depth > 2) return false;
  if (value.kind === 'object' && value.expr.kind === 'object')
    return value.expr.properties.some(
      ({ key, value: inner }) =>
        /transport|server|session/i.test(key ?? '') &&
        values.of(inner, value.path, value.fn).some((held) => holdsTransport(held, values, depth + 1)),
    );
  return false;
}
