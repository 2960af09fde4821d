import { classOfThis } from './classState.ts';
import { Overrides } from './overrides.ts';
import type { CallExpr, Program } from './program.ts';
import { type FunctionRef, functionKey, functionsOf, isGlobal, type Value } from './value.ts';
import type { Values } from './values.ts';

/** A call that leads to a function of the project for certain: if it runs, so does `to`. */
export interface CertainCall {
  readonly call: CallExpr;
  readonly to: FunctionRef;
  /** `timer`: not at once, but when a timer or the event loop gets there. */
  readonly how: 'call' | 'callback' | 'timer';
}

/** A function that a start leads to, with the calls on the way there (the first is in the start's own body). */
export interface Reached {
  readonly ref: FunctionRef;
  /** The start that leads here. */
  readonly start: FunctionRef;
  readonly way: readonly { readonly path: string; readonly call: CallExpr }[];
}

const maxReached = 4_000;

/** Methods of arrays and promises that run the functions they are given. */
const runsItsArguments =
  /^(forEach|map|flatMap|filter|find|findIndex|some|every|reduce|reduceRight|sort|then|catch|finally)$/;

/** Functions of packages that run the function they are given before they return, or await it. */
const runners =
  /(^|[.)])(run|exit|startActiveSpan|startSpan|withScope|withIsolationScope|runInContext|transaction|\$transaction)$/;

const timers = ['setTimeout', 'setImmediate', 'setInterval', 'queueMicrotask', 'process.nextTick'];

/**
 * The call graph without guesses, the counterpart of `Execution`: where that counts a function as live because its
 * name was mentioned, this follows a call only where every function it may lead to is known. A condition around a
 * call does not matter. Made for one snapshot; keeps its answers.
 */
export class CertainCalls {
  private readonly known = new Map<string, readonly CertainCall[]>();
  private readonly calling = new Map<string, ReadonlySet<number>>();
  private knownOverrides: Overrides | undefined;

  /**
   * @param plain values that take parameters for unknown: what a function may get from any caller is not what it gets
   *   from this one
   * @param values values with parameters followed; trusted where they give one function
   */
  constructor(
    readonly program: Program,
    private readonly plain: Values,
    readonly values: Values,
  ) {}

  /** The calls in a function's own body that lead to functions of the project, in the order of the text. */
  from({ path, fn }: FunctionRef): readonly CertainCall[] {
    const key = functionKey({ path, fn });
    const before = this.known.get(key);
    if (before) return before;
    // A function that calls itself on the way: the answer is made of the others' then.
    this.known.set(key, []);
    const found = this.program.callsIn(path, fn).flatMap((call) => this.leads(call, path, fn));
    this.known.set(key, found);
    return found;
  }

  /**
   * All that certain calls reach from some functions, those included, nearest first; each once.
   * @param follows says no to a call that is not of interest
   */
  reach(
    starts: readonly FunctionRef[],
    follows: (call: CallExpr, from: FunctionRef) => boolean = () => true,
  ): ReadonlyMap<string, Reached> {
    const found = new Map<string, Reached>();
    for (const ref of starts) found.set(functionKey(ref), { ref, start: ref, way: [] });
    for (const { ref, start, way } of found.values()) {
      if (found.size > maxReached) break;
      for (const { call, to } of this.from(ref)) {
        const key = functionKey(to);
        if (!found.has(key) && follows(call, ref))
          found.set(key, { ref: to, start, way: [...way, { path: ref.path, call }] });
      }
    }
    return found;
  }

  /** The functions of the project that an expression is for certain, each of which may be meant; `[]` where it may be another. */
  functions(expr: CallExpr['callee'], path: string, fn: number): readonly FunctionRef[] {
    const plain = this.plain.of(expr, path, fn);
    const isKnown = plain.every(({ kind }) => kind === 'function');
    const values = isKnown ? plain : this.callees(expr, path, fn);
    if (!isKnown && values.length > 1) return [];
    const found = functionsOf(values);
    return found.some((ref) => this.overrides().isReplaced(ref)) ? [] : found;
  }

  /** What an expression may be: parameters are followed to the callers only where it is not known without. */
  callees(expr: CallExpr['callee'], path: string, fn: number): readonly Value[] {
    const plain = this.plain.of(expr, path, fn);
    return plain.some(({ kind }) => kind === 'unknown') ? this.values.of(expr, path, fn) : plain;
  }

  private overrides(): Overrides {
    this.knownOverrides ??= new Overrides(this.program, this.plain);
    return this.knownOverrides;
  }

  private leads(call: CallExpr, path: string, fn: number): CertainCall[] {
    const own = call.isNew ? this.constructors(call, path, fn) : this.called(call, path, fn);
    const direct = own.map((to): CertainCall => ({ call, to, how: 'call' }));
    return [...direct, ...this.callbacks(call, own, path, fn)];
  }

  private called(call: CallExpr, path: string, fn: number): readonly FunctionRef[] {
    if (call.callee.kind !== 'super') return this.functions(call.callee, path, fn);
    const facts = this.program.facts(path);
    const base = facts?.classes[classOfThis(facts, fn)]?.extends;
    return base ? this.plain.of(base, path, 0).flatMap((value) => this.constructorOf(value)) : [];
  }

  private constructors({ callee }: CallExpr, path: string, fn: number): readonly FunctionRef[] {
    const plain = this.plain.of(callee, path, fn);
    return plain.every(({ kind }) => kind === 'class')
      ? plain.flatMap((value) => this.constructorOf(value))
      : [];
  }

  /** The constructor that runs for a class: its own, or that of the class it extends. */
  private constructorOf(value: Value, depth = 0): FunctionRef[] {
    if (value.kind !== 'class' || depth > 8) return [];
    const { path, cls } = value;
    const fact = this.program.facts(path)?.classes[cls];
    const own = fact?.members.find(({ name }) => name === 'constructor');
    if (own) return [{ path, fn: own.fn }];
    if (!fact?.extends) return [];
    return this.plain.of(fact.extends, path, 0).flatMap((base) => this.constructorOf(base, depth + 1));
  }

  /** Functions passed as arguments to what runs them. */
  private callbacks(call: CallExpr, own: readonly FunctionRef[], path: string, fn: number): CertainCall[] {
    const how = own.length > 0 ? 'callback' : this.howItRuns(call, path, fn);
    if (!how) return [];
    return call.args.flatMap((argument, index): CertainCall[] => {
      if (own.length > 0 && !own.every((ref) => this.calledParameters(ref).has(index))) return [];
      return this.functions(argument, path, fn).map((to) => ({ call, to, how }));
    });
  }

  private howItRuns(call: CallExpr, path: string, fn: number): CertainCall['how'] | undefined {
    if (!call.args.some(({ kind }) => kind === 'function' || kind === 'name' || kind === 'member'))
      return undefined;
    const { callee } = call;
    if (callee.kind === 'member' && runsItsArguments.test(callee.property)) return 'callback';
    const values = this.plain.of(callee, path, fn);
    if (call.isNew) return values.every((value) => isGlobal(value, 'Promise')) ? 'callback' : undefined;
    if (values.every((value) => timers.some((name) => isGlobal(value, name)))) return 'timer';
    const isRunner = values.every((value) => value.kind === 'foreign' && runners.test(value.member));
    return isRunner ? 'callback' : undefined;
  }

  /** The indices of the parameters that a function itself calls, or has others call. */
  private calledParameters({ path, fn }: FunctionRef): ReadonlySet<number> {
    const key = functionKey({ path, fn });
    const before = this.calling.get(key);
    if (before) return before;
    const found = new Set<number>();
    this.calling.set(key, found);
    const parameters = this.program.functionAt(path, fn)?.parameters ?? [];
    const indexOf = (expr: CallExpr['callee']) =>
      expr.kind === 'name' ? parameters.findIndex(({ bindings }) => bindings.includes(expr.binding)) : -1;
    if (parameters.length === 0) return found;
    for (const ref of this.inside({ path, fn })) {
      for (const call of this.program.callsIn(path, ref.fn)) {
        const direct = indexOf(call.callee);
        if (direct >= 0) found.add(direct);
        this.passedOn(call, path, ref.fn, indexOf).forEach((index) => void found.add(index));
      }
    }
    return found;
  }

  /** Parameters that a call hands to what calls them. */
  private passedOn(
    call: CallExpr,
    path: string,
    fn: number,
    indexOf: (expr: CallExpr['callee']) => number,
  ): number[] {
    const indices = call.args.map(indexOf);
    if (indices.every((index) => index < 0)) return [];
    const own = this.functions(call.callee, path, fn);
    const runs = (position: number) =>
      own.length > 0
        ? own.every((ref) => this.calledParameters(ref).has(position))
        : this.howItRuns(call, path, fn) !== undefined;
    return indices.filter((index, position) => index >= 0 && runs(position));
  }

  /** A function and those written inside it that run with it. */
  private inside(start: FunctionRef): FunctionRef[] {
    const found = new Map([[start.fn, start]]);
    for (const ref of found.values()) {
      for (const { to } of this.from(ref)) {
        if (to.path === start.path && !found.has(to.fn) && this.isInside(to, start.fn)) found.set(to.fn, to);
      }
    }
    return [...found.values()];
  }

  private isInside({ path, fn }: FunctionRef, outer: number): boolean {
    for (
      let at = this.program.functionAt(path, fn);
      at && at.parent >= 0;
      at = this.program.functionAt(path, at.parent)
    ) {
      if (at.parent === outer) return true;
    }
    return false;
  }
}
