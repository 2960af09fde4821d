import { callsOf } from '../callers.ts';
import type { Execution } from '../execution.ts';
import type { McpServer } from '../server.ts';
import type { CallStep, Step } from '../shutdown/steps.ts';
import { type Trace, trace } from '../shutdown/trace.ts';
import type { FunctionRef } from '../value.ts';
import type { Values } from '../values.ts';
import { closingCallbacks } from './closingCallbacks.ts';
import { isReleasedBy, mayBeReleasedBy, releasesAt, releasesOf } from './releases.ts';
import type { HeldResource } from './resource.ts';

/** A resource that is open when the server has shut down and exits. */
export interface Unreleased {
  readonly resource: HeldResource;
  /** A function that would release it, and that shutting down does not call. */
  readonly releaser: Releaser | undefined;
}

export interface Releaser extends FunctionRef {
  /** `closePool`, or `Database.close`. */
  readonly name: string;
  /** Whether anything that the server runs calls it. */
  readonly isLive: boolean;
}

/**
 * What a server holds and its SIGTERM handler does not release, though it takes the time to await something before it
 * exits. Empty where there is no such handler, and where what it does cannot be followed to its end.
 */
export function unreleasedIn(server: McpServer): Unreleased[] {
  const held = server.held.filter(({ lifetime }) => lifetime === 'process' || lifetime === 'session');
  const traces = held.length > 0 ? sigtermTraces(server) : undefined;
  if (!traces) return [];
  const { values } = server.shutdown;
  const reach = new Reach(server.execution, values);
  const steps = reach.from(traces);
  if (steps.some((step) => mayReleaseAnything(step, values))) return [];
  const remaining = held.filter((resource) => !steps.some((step) => mayRelease(step, resource, values)));
  if (remaining.length === 0) return [];
  const callbacks = closingCallbacks(server.execution, values).map((ref) => trace(ref, values));
  const closing = reach.from(callbacks);
  return remaining
    .filter((resource) => !closing.some((step) => mayRelease(step, resource, values)))
    .map((resource) => ({ resource, releaser: releaserOf(resource, server, values) }));
}

/** What the handlers do; `undefined` where one is not known, or none awaits anything and then exits. */
function sigtermTraces({ listeners, handledBy, shutdown }: McpServer): Trace[] | undefined {
  if (handledBy || listeners.some(({ isCertain }) => !isCertain)) return undefined;
  const own = listeners.filter(({ signals }) => signals.includes('SIGTERM'));
  if (own.length === 0 || own.some(({ handlers }) => handlers.length === 0)) return undefined;
  const traces = shutdown.on('SIGTERM').map((path) => path.view.trace);
  if (!traces.every(({ isComplete }) => isComplete)) return undefined;
  const steps = traces.flatMap((one) => one.steps);
  // Without an exit the process ends when all is closed, and files are written to their end.
  return steps.some(isExit) && steps.some(isAwaited) ? traces : undefined;
}

function isExit({ kind }: Step): boolean {
  return kind === 'exit';
}

/** `await`, or a callback that goes on when something is over. */
function isAwaited(step: Step): boolean {
  if (step.line.starts.how === 'callback') return true;
  return (step.kind === 'call' || step.kind === 'wait') && step.isAwaited;
}

/** The calls of some traces, and of the methods that calls on unknown objects may mean. */
class Reach {
  private readonly seen = new Set<string>();
  private byName: ReadonlyMap<string, readonly FunctionRef[]> | undefined;

  constructor(
    private readonly execution: Execution,
    private readonly values: Values,
  ) {}

  from(traces: readonly Trace[]): CallStep[] {
    const found: CallStep[] = [];
    const queue = [...traces];
    for (let one = queue.pop(); one; one = queue.pop()) {
      for (const step of one.steps) {
        if (step.kind !== 'call') continue;
        found.push(step);
        for (const ref of this.meantBy(step)) queue.push(trace(ref, this.values));
      }
    }
    return found;
  }

  /** `watcher.stop()` on something unknown may be any `stop` of the server's files; each is looked at once. */
  private meantBy(step: CallStep): readonly FunctionRef[] {
    const { callee } = step.call;
    if (!isUnknown(step) || callee.kind !== 'member' || isOfTheServer(step)) return [];
    if (!closing.test(callee.property) || this.seen.has(callee.property)) return [];
    this.seen.add(callee.property);
    this.byName ??= functionsByName(this.execution, this.values);
    return this.byName.get(callee.property) ?? [];
  }
}

function functionsByName({ live }: Execution, values: Values): ReadonlyMap<string, readonly FunctionRef[]> {
  const found = new Map<string, FunctionRef[]>();
  for (const [path, functions] of live) {
    for (const fn of functions) {
      const name = values.program.functionAt(path, fn)?.name;
      if (name) found.set(name, [...(found.get(name) ?? []), { path, fn }]);
    }
  }
  return found;
}

function mayRelease(step: CallStep, resource: HeldResource, values: Values): boolean {
  const { call, callees, spot } = step;
  const [first] = call.args;
  const argument = () => (first ? values.of(first, spot.path, spot.fn) : []);
  if (releasesOf(callees, argument, values).some((release) => isReleasedBy(resource, release))) return true;
  return isUnknown(step) && mayBeReleasedBy(resource, call) && !isOfTheServer(step);
}

/** One known callee tells what a call is for. */
function isUnknown({ callees }: CallStep): boolean {
  return callees.every(({ kind }) => kind === 'unknown');
}

/** Names of methods that release what their object holds. */
const closing =
  /^(async)?_?(clean|close|shut|stop|dispose|destroy|tear|release|end|drain|flush|disconnect|terminate|quit|kill|free|cancel|abort|finalize|exit|unload|reset)/i;

/** By its name what every server closes: no resource of the table. */
function isOfTheServer({ call: { callee } }: CallStep): boolean {
  const object = callee.kind === 'member' ? callee.object : undefined;
  const name = object?.kind === 'name' ? object.name : object?.kind === 'member' ? object.property : '';
  return /transport|server|session|listener|socket|response|mcp|^(res|req|app|http|rl|readline)$/i.test(name);
}

/** A function that came from elsewhere (`for (const stop of steps) await stop()`): it may release whatever there is. */
function mayReleaseAnything(step: CallStep, { program }: Values): boolean {
  const { callee, isNew } = step.call;
  if (isNew || !isUnknown(step) || callee.kind === 'member') return false;
  if (callee.kind !== 'name' || closing.test(callee.name)) return true;
  if (harmless.test(callee.name)) return false;
  const values = program.facts(step.spot.path)?.bindings[callee.binding]?.values ?? [];
  // What a package has made (`const insert = db.transaction(...)`) does that package's work.
  return !values.some(({ expr, part }) => expr.kind === 'call' && part.length === 0);
}

/** Parameters that are called on the way and have other business. */
const harmless = /^(resolve|reject|next|done|tx|transaction|log\w*|on[A-Z]\w*|get[A-Z]\w*|is[A-Z]\w*)$/;

/**
 * A function in the server's files that would release a resource: one that closes things, not one that opens them
 * anew, and of those that nothing calls the outermost.
 */
function releaserOf(resource: HeldResource, { execution }: McpServer, values: Values): Releaser | undefined {
  const { program } = values;
  const found: Releaser[] = [];
  for (const [path, live] of execution.live) {
    for (const { id: fn } of program.facts(path)?.functions ?? []) {
      const releases = program
        .callsIn(path, fn)
        .some((call) =>
          releasesAt(call, path, fn, values).some((release) => isReleasedBy(resource, release)),
        );
      if (releases) found.push(...closersAround({ path, fn }, live, resource, values));
    }
  }
  return found.find(({ isLive }) => !isLive) ?? found[0];
}

/** The named function around a release, and those that call it to close things, the outermost first. */
function closersAround(
  inner: FunctionRef,
  live: ReadonlySet<number>,
  resource: HeldResource,
  values: Values,
  depth = 0,
): Releaser[] {
  const named = namedAround(inner, values);
  if (!named || depth > 3 || (named.path === resource.path && named.fn === resource.fn)) return [];
  const callers = callsOf(named.path, named.fn, values.program, values).filter(
    ({ path }) => path === named.path,
  );
  const outer = callers.flatMap((site) => closersAround(site, live, resource, values, depth + 1));
  const method = named.name.slice(named.name.indexOf('.') + 1);
  return closing.test(method) ? [...outer, { ...named, isLive: live.has(named.fn) }] : outer;
}

function namedAround({ path, fn }: FunctionRef, values: Values): Omit<Releaser, 'isLive'> | undefined {
  const facts = values.program.facts(path);
  for (let at = facts?.functions[fn]; at && at.id > 0; at = facts?.functions[at.parent]) {
    const owner = facts?.classes[at.ownerClass]?.name;
    if (at.name) return { path, fn: at.id, name: owner ? `${owner}.${at.name}` : at.name };
  }
  return undefined;
}
