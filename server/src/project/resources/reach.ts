import { isFulfilling } from '../callers.ts';
import type { Execution } from '../execution.ts';
import type { CallStep } from '../shutdown/steps.ts';
import { type Trace, trace } from '../shutdown/trace.ts';
import type { FunctionRef } from '../value.ts';
import type { Values } from '../values.ts';
import { closing } from './names.ts';
import { isReleasedBy, mayBeReleasedBy, releasesOf } from './releases.ts';
import type { HeldResource } from './resource.ts';

/** The calls of some traces, and of the methods that calls on unknown objects may mean. */
export class Reach {
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

/** Whether a step of a shutdown releases a resource, or may do so. */
export function mayRelease(step: CallStep, resource: HeldResource, values: Values): boolean {
  const { call, callees, spot } = step;
  const [first] = call.args;
  const argument = () => (first ? values.of(first, spot.path, spot.fn) : []);
  const releases = releasesOf(callees, argument, values);
  // One known resource tells what the call is for.
  if (releases.length > 0) return releases.some((release) => isReleasedBy(resource, release));
  return isUnknown(step) && mayBeReleasedBy(resource, call) && !isOfTheServer(step);
}

function isUnknown({ callees }: CallStep): boolean {
  return callees.some(({ kind }) => kind === 'unknown');
}

/** By its name what every server closes: no resource of the table. */
function isOfTheServer({ call: { callee } }: CallStep): boolean {
  const object = callee.kind === 'member' ? callee.object : undefined;
  const name = object?.kind === 'name' ? object.name : object?.kind === 'member' ? object.property : '';
  return /transport|server|session|listener|socket|response|mcp|^(res|req|app|http|rl|readline)$/i.test(name);
}

/** A function that came from elsewhere (`for (const stop of steps) await stop()`): it may release whatever there is. */
export function mayReleaseAnything(step: CallStep, { program }: Values): boolean {
  const { callee, isNew } = step.call;
  // What awaits the promise goes on.
  if (step.callees.some(isFulfilling)) return true;
  if (isNew || !isUnknown(step) || callee.kind === 'member') return false;
  if (callee.kind !== 'name' || closing.test(callee.name)) return true;
  if (harmless.test(callee.name)) return false;
  const values = program.facts(step.spot.path)?.bindings[callee.binding]?.values ?? [];
  // What a package has made (`const insert = db.transaction(...)`) does that package's work.
  return !values.some(({ expr, part }) => expr.kind === 'call' && part.length === 0);
}

/** Parameters that are called on the way and have other business. */
const harmless = /^(resolve|reject|next|done|tx|transaction|log\w*|on[A-Z]\w*|get[A-Z]\w*|is[A-Z]\w*)$/;
