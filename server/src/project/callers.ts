import type { CallSite, Program } from './program.ts';
import type { Value } from './value.ts';
import type { Values } from './values.ts';

/** A name that is called in more places tells nothing about who is meant. */
const maxSites = 200;

/**
 * The calls that run a function, or construct the class whose constructor it is, as far as its name leads to them.
 * @param plain values without parameters, to know what a callee is
 */
export function callsOf(path: string, fn: number, program: Program, plain: Values): CallSite[] {
  const fact = program.functionAt(path, fn);
  if (!fact?.name) return [];
  const owner = program.facts(path)?.classes[fact.ownerClass];
  const isConstructor = owner !== undefined && fact.name === 'constructor';
  const sites = program.callsNamed(isConstructor ? owner.name : fact.name);
  if (sites.length > maxSites) return [];
  const isMeant = (value: Value) =>
    isConstructor
      ? value.kind === 'class' && value.path === path && value.cls === owner.id
      : value.kind === 'function' && value.path === path && value.fn === fn;
  return sites.filter((site) => plain.of(site.call.callee, site.path, site.fn).some(isMeant));
}

const iterations = new Set(['forEach', 'map', 'some', 'every', 'filter', 'flatMap']);

/** The lists whose elements a callback gets as its first argument: `list.forEach(x => ...)` and its like. */
export function listsIteratedBy(path: string, fn: number, program: Program): CallSite[] {
  const around = program.functionAt(path, fn)?.parent ?? 0;
  return program
    .callsIn(path, around)
    .filter(({ callee, args: [first] }) => {
      return (
        first?.kind === 'function' &&
        first.fn === fn &&
        callee.kind === 'member' &&
        iterations.has(callee.property)
      );
    })
    .map((call) => ({ path, fn: around, call }));
}

/** The promise whose value a callback gets: `work().then(x => ...)`. */
export function promiseAwaitedBy(path: string, fn: number, program: Program): CallSite | undefined {
  const around = program.functionAt(path, fn)?.parent ?? 0;
  const call = program.callsIn(path, around).find(({ callee, args: [first] }) => {
    const isChained = callee.kind === 'member' && callee.property === 'then';
    return isChained && first?.kind === 'function' && first.fn === fn;
  });
  return call && { path, fn: around, call };
}

/**
 * What `new Promise(executor)` hands its executor: the functions that settle the promise. `undefined` for any other
 * function.
 */
export function settlersOf(path: string, fn: number, program: Program): readonly Value[] | undefined {
  const around = program.functionAt(path, fn)?.parent ?? 0;
  const made = program.callsIn(path, around).find(({ callee, args: [first], isNew }) => {
    const isPromise = isNew && callee.kind === 'name' && callee.binding < 0 && callee.name === 'Promise';
    return isPromise && first?.kind === 'function' && first.fn === fn;
  });
  return made && settlers;
}

const settlers: readonly Value[] = ['resolve', 'reject'].map((name) => ({
  kind: 'foreign',
  module: '',
  member: `Promise().${name}`,
}));

/** Whether calling a value fulfils a promise: what awaits that goes on then. */
export function isFulfilling(value: Value): boolean {
  return (
    value.kind === 'foreign' &&
    value.module === '' &&
    /^Promise(\(\)|\.withResolvers\(\))\.resolve$/.test(value.member)
  );
}
