import type { Expr, Statement } from '../../languages/source/facts.ts';
import { childrenOf } from '../../languages/source/walk.ts';
import { classOfThis } from '../classState.ts';
import type { CallExpr } from '../program.ts';
import { isExit, isHarmless, isLogging } from '../syncPath.ts';
import { type FunctionRef, functionsOf, isGlobal, type Value } from '../value.ts';
import type { Values } from '../values.ts';
import type { Cx, PromiseScope } from './context.ts';
import { enter, type Frame, keyOf, through, valuesIn } from './frame.ts';
import { Log, type Pending } from './log.ts';
import { conditionsOf, hasAwait, looksAtLimit } from './loops.ts';
import { numberOf } from './numbers.ts';
import { settle } from './promises.ts';
import type { Branch, CallStep, Spot, Step, TimerStep } from './steps.ts';

const maxDepth = 24;
/** Functions that only call each other add no steps, and every one that calls two doubles the ways through them. */
const maxRuns = 20_000;
const chained = new Set(['then', 'catch', 'finally']);
const iterating = /^(forEach|map|flatMap|filter|some|every|reduce)$/;
const combining = /^Promise\.(all|allSettled|race|any)$/;

/** Follows expressions: what is called, awaited, raced, put off. */
export abstract class CallTracer {
  readonly log: Log;
  private readonly stack: string[] = [];
  private runs = 0;

  /** @param skips calls whose callbacks are not followed */
  constructor(
    protected readonly values: Values,
    maxSteps?: number,
    private readonly skips: (call: CallExpr) => boolean = () => false,
  ) {
    this.log = new Log(maxSteps);
  }

  protected abstract statements(statements: readonly Statement[], cx: Cx): void;

  /** Follows a function; on a line of its own where it is async and nobody awaits it. */
  run(ref: FunctionRef, args: readonly Expr[], cx: Cx): void {
    const fact = this.values.program.functionAt(ref.path, ref.fn);
    const key = `${ref.path}#${ref.fn}`;
    if (!fact || this.stack.includes(key)) return;
    this.runs += 1;
    if (this.stack.length >= maxDepth || this.runs > maxRuns || this.log.isFull) {
      this.log.isComplete = false;
      return;
    }
    const line = fact.isAsync && !cx.returnsAwaited ? this.log.line({ how: 'unawaited' }, cx.line) : cx.line;
    this.stack.push(key);
    const frame = enter(ref, fact, args, cx.frame);
    this.statements(fact.statements, {
      ...cx,
      frame,
      line,
      returnsAwaited: cx.returnsAwaited || line !== cx.line,
    });
    this.stack.pop();
  }

  protected isRunning({ path, fn }: FunctionRef): boolean {
    return this.stack.includes(`${path}#${fn}`);
  }

  /** @param isAwaited whether the line goes on only when the expression's promise has settled */
  protected expr(expr: Expr, cx: Cx, isAwaited: boolean): void {
    switch (expr.kind) {
      case 'function':
      case 'class':
        return;
      case 'await':
        this.expr(expr.operand, cx, true);
        if (!this.joinNamed(expr.operand, cx)) this.awaitValue(expr.operand, cx);
        return;
      case 'call':
        this.call(expr, cx, isAwaited);
        return;
      case 'assign':
        this.assign(expr, cx, isAwaited);
        return;
      case 'choice': {
        const { test, whenTrue, whenFalse } = expr;
        this.expr(test, cx, isAwaited && test === whenTrue);
        for (const [side, inner] of [whenTrue, whenFalse].entries())
          if (inner !== test) this.expr(inner, this.branch(cx, expr, side, test), isAwaited);
        return;
      }
      case 'array':
        for (const element of expr.elements) this.expr(element, cx, isAwaited);
        return;
      default:
        for (const inner of childrenOf(expr)) this.expr(inner, cx, false);
    }
  }

  private assign(expr: Extract<Expr, { kind: 'assign' }>, cx: Cx, isAwaited: boolean): void {
    const { target, value } = expr;
    const set = () => this.log.add({ kind: 'set', target, value }, expr, cx);
    // The promise of what is started is there long before that is over.
    if (value.kind !== 'await') set();
    const pending = this.log.pendingOf(cx.line, () => this.expr(value, cx, isAwaited));
    this.log.remember(this.nameKey(target, cx), pending);
    if (value.kind === 'await') set();
  }

  private call(call: CallExpr, cx: Cx, isAwaited: boolean): void {
    const { callee, args } = call;
    if (callee.kind === 'member' && chained.has(callee.property) && args.length > 0) {
      this.chain(call, callee, cx, isAwaited);
      return;
    }
    // What a logger does with a line is not followed: it neither closes nor ends anything.
    if (isLogging(call)) return;
    const found = this.calleeOf(callee, cx.frame);
    if (callee.kind === 'member') this.expr(callee.object, cx, false);
    if (this.settles(callee, cx)) return;
    if (found.values.some((value) => isExit(value) || isEndOfOwnProcess(value, call))) {
      this.exit(call, cx);
      return;
    }
    if (call.isNew && found.values.some((value) => isGlobal(value, 'Promise'))) {
      this.promise(call, cx, isAwaited);
      return;
    }
    const combination = found.values.find(
      (value) => value.kind === 'foreign' && value.module === '' && combining.test(value.member),
    );
    if (combination?.kind === 'foreign') {
      this.combine(call, combination.member, cx, isAwaited);
      return;
    }
    if (found.values.every(isTimer)) {
      this.timer(call, found.values, cx);
      return;
    }
    const own = call.isNew ? this.constructorsOf(found.values) : functionsOf(found.values);
    if (own.length > 0) {
      this.callOwn(call, own, found, cx, isAwaited);
      return;
    }
    if (found.values.some(isSleep)) {
      this.sleep(call, cx, isAwaited);
      return;
    }
    this.callOther(call, found.values, cx, isAwaited);
  }

  private constructorsOf(values: readonly Value[]): FunctionRef[] {
    return values.flatMap((value): FunctionRef[] => {
      if (value.kind !== 'class') return [];
      const { members } = this.values.program.facts(value.path)?.classes[value.cls] ?? { members: [] };
      const own = members.find(({ name }) => name === 'constructor');
      return own ? [{ path: value.path, fn: own.fn }] : [];
    });
  }

  /** What is called, and the frame of the function around it where it was handed in. */
  private calleeOf(callee: Expr, frame: Frame): { values: readonly Value[]; frame: Frame | undefined } {
    const seen = through(callee, frame);
    return {
      values: valuesIn(callee, frame, this.values),
      frame: seen.expr === callee ? undefined : seen.frame,
    };
  }

  private callOwn(
    call: CallExpr,
    own: readonly FunctionRef[],
    found: { values: readonly Value[]; frame: Frame | undefined },
    cx: Cx,
    isAwaited: boolean,
  ): void {
    const pendings = call.args.map((argument) =>
      this.log.pendingOf(cx.line, () => this.expr(argument, cx, false)),
    );
    for (const [side, ref] of own.entries()) {
      this.rememberArguments(ref, pendings);
      const inner = own.length > 1 ? this.branch(cx, call, side, undefined) : cx;
      // What a callback sees is what the functions around it were given, which is not the caller's business.
      const bound = found.frame ? new Map([...cx.frame.bound, ...found.frame.bound]) : cx.frame.bound;
      const frame = { ...cx.frame, bound };
      this.run(ref, call.args, {
        ...inner,
        frame,
        via: [...cx.via, this.spot(call, cx)],
        returnsAwaited: isAwaited,
      });
    }
    if (found.values.some(({ kind }) => kind === 'unknown') && own.length === 0)
      this.callOther(call, found.values, cx, isAwaited);
  }

  private rememberArguments({ path, fn }: FunctionRef, pendings: readonly Pending[]): void {
    const parameters = this.values.program.functionAt(path, fn)?.parameters ?? [];
    for (const [index, pending] of pendings.entries()) {
      const [binding] = parameters[index]?.bindings ?? [];
      if (binding !== undefined) this.log.remember(keyOf(path, binding), pending);
    }
  }

  /** A call that leaves the project, or leads nobody knows where; functions handed to it run when it says so. */
  private callOther(call: CallExpr, callees: readonly Value[], cx: Cx, isAwaited: boolean): void {
    const { callee, args } = call;
    const isIteration = callee.kind === 'member' && iterating.test(callee.property) && args.length > 0;
    const handed = args.map((argument) => functionsOf(valuesIn(argument, cx.frame, this.values)));
    const pending = this.log.pendingOf(cx.line, () => {
      for (const [index, argument] of args.entries())
        if (handed[index]?.length === 0) this.expr(argument, cx, false);
    });
    // A list of promises, which somebody may wait for.
    if (callee.kind === 'member' && /^(push|add)$/.test(callee.property))
      this.log.remember(this.nameKey(callee.object, cx), pending);
    if (isIteration && handed[0] && handed[0].length > 0) {
      for (const ref of handed[0]) this.run(ref, [], { ...cx, isRepeated: true, returnsAwaited: isAwaited });
      return;
    }
    const isQuiet = callees.every(isHarmless) && handed.every((refs) => refs.length === 0);
    if (!isAwaited && (isPure(callee) || isQuiet)) return;
    const step = this.log.add({ kind: 'call', call, callees, isAwaited, bound: undefined }, call, cx);
    if ((callee.kind === 'member' && isRemoval(callee.property)) || this.skips(call)) return;
    this.followAbort(step, cx);
    for (const [index, argument] of args.entries()) this.handOver(argument, handed[index] ?? [], step, cx);
  }

  private handOver(argument: Expr, refs: readonly FunctionRef[], step: CallStep, cx: Cx): void {
    const scope = this.scopeSettledBy(argument, cx);
    const isExitItself = valuesIn(argument, cx.frame, this.values).some(isExit);
    if (refs.length === 0 && !scope && !isExitItself) return;
    const line = this.log.line({ how: 'callback', of: step }, cx.line);
    const inner: Cx = { ...cx, line, returnsAwaited: false, guard: undefined };
    scope?.settled.push({ line, branches: [] });
    if (isExitItself) this.log.add({ kind: 'exit', code: undefined }, argument, inner);
    for (const ref of refs) this.run(ref, [], { ...inner, via: [...cx.via, this.spot(step.call, cx)] });
  }

  /** `controller.abort()` runs what listens to its signal. */
  private followAbort(step: CallStep, cx: Cx): void {
    const aborted = step.callees.find(
      (value) =>
        value.kind === 'foreign' && value.module === '' && value.member === 'AbortController().abort',
    );
    const made = aborted?.kind === 'foreign' ? aborted.made?.expr : undefined;
    if (!made) return;
    for (const { path, fn, call } of this.values.program.callsNamed('addEventListener')) {
      const listens = this.values.of(call.callee, path, fn).some((value) => {
        return (
          value.kind === 'foreign' &&
          value.member.startsWith('AbortController().signal') &&
          value.made?.expr === made
        );
      });
      const listener = call.args[1];
      if (!listens || !listener) continue;
      for (const ref of functionsOf(this.values.of(listener, path, fn))) {
        const line = this.log.line({ how: 'callback', of: step }, cx.line);
        this.run(ref, [], {
          ...cx,
          line,
          returnsAwaited: false,
          guard: undefined,
          via: [...cx.via, this.spot(step.call, cx)],
        });
      }
    }
  }

  /** `work().then(a).catch(b).finally(c)`: one after the other; on a line of their own where nobody awaits the last. */
  private chain(call: CallExpr, callee: Extract<Expr, { kind: 'member' }>, cx: Cx, isAwaited: boolean): void {
    const line = isAwaited ? cx.line : this.log.line({ how: 'unawaited' }, cx.line);
    const catches = callee.property === 'catch' || (callee.property === 'then' && call.args.length > 1);
    const base: Cx = { ...cx, line, guard: catches ? { of: call } : cx.guard };
    this.expr(callee.object, base, true);
    this.joinNamed(callee.object, base);
    for (const [index, argument] of call.args.entries()) {
      const isOnError = callee.property === 'catch' || index > 0;
      const inner: Cx = {
        ...cx,
        line,
        returnsAwaited: true,
        via: [...cx.via, this.spot(call, cx)],
        isOnError: isOnError || cx.isOnError,
      };
      const side = isOnError ? this.branch(inner, call, 1, undefined) : inner;
      const callbacks = valuesIn(argument, cx.frame, this.values);
      if (callbacks.some(isExit)) this.log.add({ kind: 'exit', code: undefined }, argument, side);
      for (const ref of functionsOf(callbacks)) this.run(ref, [], side);
      const scope = this.scopeSettledBy(argument, cx);
      scope?.settled.push({ line, branches: [] });
    }
  }

  private exit(call: CallExpr, cx: Cx): void {
    for (const argument of call.args) this.expr(argument, cx, false);
    const [code] = call.args;
    this.log.add({ kind: 'exit', code: code ? numberOf(code, cx.frame, this.values) : undefined }, call, cx);
  }

  private timer(call: CallExpr, callees: readonly Value[], cx: Cx): void {
    const [callback, delay] = call.args;
    const isInterval = callees.some((value) => isGlobal(value, 'setInterval'));
    const isDelayed = isInterval || callees.some((value) => isGlobal(value, 'setTimeout'));
    const delayMs = isDelayed ? numberOf(delay, cx.frame, this.values) : 0;
    const step = this.log.add({ kind: 'timer', delay, delayMs, isInterval }, call, cx);
    if (!callback) return;
    const line = this.log.line({ how: 'timer', timer: step }, cx.line);
    const inner: Cx = {
      ...cx,
      line,
      returnsAwaited: false,
      guard: undefined,
      isRepeated: cx.isRepeated || isInterval,
    };
    const scope = this.scopeSettledBy(callback, cx);
    scope?.settled.push({ line, branches: [] });
    const callbacks = valuesIn(callback, cx.frame, this.values);
    if (callbacks.some(isExit)) this.log.add({ kind: 'exit', code: undefined }, callback, inner);
    for (const ref of functionsOf(callbacks)) {
      if (this.isRunning(ref)) for (const { repeats } of cx.promises) repeats.push(step);
      this.run(ref, [], { ...inner, via: [...cx.via, this.spot(call, cx)] });
    }
  }

  private sleep(call: CallExpr, cx: Cx, isAwaited: boolean): void {
    const ms = numberOf(call.args[0], cx.frame, this.values);
    this.log.add({ kind: 'wait', how: 'sleep', condition: [], isAwaited, bound: { ms } }, call, cx);
  }

  private promise(call: CallExpr, cx: Cx, isAwaited: boolean): void {
    const [executor] = call.args;
    const [ref] = executor ? functionsOf(valuesIn(executor, cx.frame, this.values)) : [];
    if (!ref) return;
    const parameters = this.values.program.functionAt(ref.path, ref.fn)?.parameters ?? [];
    const settles = new Set(
      parameters.flatMap(({ bindings }) => bindings.map((binding) => keyOf(ref.path, binding))),
    );
    const scope: PromiseScope = { settles, settled: [], repeats: [] };
    const pending = this.log.pendingOf(cx.line, () =>
      this.run(ref, [], { ...cx, returnsAwaited: false, promises: [...cx.promises, scope] }),
    );
    settle(scope, pending, call, cx, isAwaited, this.log);
  }

  private combine(call: CallExpr, member: string, cx: Cx, isAwaited: boolean): void {
    const [list] = call.args;
    if (!list) return;
    const inner: Cx = member === 'Promise.allSettled' ? { ...cx, guard: { of: call } } : cx;
    const seen = through(list, cx.frame);
    const isWritten = seen.expr.kind === 'array';
    const before = this.log.steps.length;
    const joined: Step[] = [];
    const elements = seen.expr.kind === 'array' ? seen.expr.elements : [list];
    const frame = isWritten ? seen.frame : cx.frame;
    for (const element of elements) {
      this.expr(element, { ...inner, frame }, isAwaited);
      const pending = isAwaited ? this.joinNamed(element, { ...inner, frame }) : undefined;
      joined.push(...(pending?.steps ?? []), ...(pending?.lines ?? []).flatMap(({ steps }) => steps));
    }
    const added = this.log.steps.slice(before).filter(({ line }) => line === cx.line);
    const isOverCollection = isWritten ? elements.some(({ kind }) => kind === 'spread') : added.length === 0;
    if (isOverCollection && joined.length === 0) {
      const condition = [this.spot(list, cx)];
      this.log.add({ kind: 'wait', how: 'promises', condition, isAwaited, bound: undefined }, call, cx);
    }
    if (member === 'Promise.race' || member === 'Promise.any')
      bindRace([...joined, ...this.log.steps.slice(before)]);
  }

  /** A loop that waits for something to change. */
  protected poll(loop: Extract<Statement, { kind: 'loop' }>, cx: Cx, before: number): void {
    if (!hasAwait(loop.body)) return;
    const waits = this.log.steps.slice(before).some((step) => step.kind === 'wait');
    const conditions = conditionsOf(loop);
    if (!waits || conditions.length === 0) return;
    const bound = conditions.some(looksAtLimit) ? { ms: undefined } : undefined;
    const condition = conditions.map((expr) => this.spot(expr, cx));
    this.log.add({ kind: 'wait', how: 'poll', condition, isAwaited: true, bound }, conditions[0] as Expr, cx);
  }

  /** `await this.closing`: a promise that was made before; gives what it is of, where that is known. */
  protected joinNamed(expr: Expr, cx: Cx): Pending | undefined {
    const pending = this.log.remembered(this.nameKey(expr, cx));
    if (pending) this.log.join(pending, expr, cx);
    return pending;
  }

  /** A promise of unknown making: whoever settles it decides how long this waits. */
  private awaitValue(expr: Expr, cx: Cx): void {
    if (expr.kind !== 'name' && expr.kind !== 'member' && expr.kind !== 'index') return;
    const values = valuesIn(expr, cx.frame, this.values);
    if (values.every(({ kind }) => kind === 'function' || kind === 'literal' || kind === 'class')) return;
    this.log.add(
      { kind: 'wait', how: 'value', condition: [this.spot(expr, cx)], isAwaited: true, bound: undefined },
      expr,
      cx,
    );
  }

  /** Under which key the promise that a variable or field holds is remembered. */
  private nameKey(expr: Expr, cx: Cx): string | undefined {
    if (expr.kind === 'name' && expr.binding >= 0) return this.bindingKey(cx, expr.binding);
    if (expr.kind !== 'member' || expr.object.kind !== 'this') return undefined;
    const facts = this.values.program.facts(cx.frame.path);
    const cls = facts ? classOfThis(facts, cx.frame.fn) : -1;
    return cls < 0 ? undefined : `${cx.frame.path}#class${cls}.${expr.property}`;
  }

  protected bindingKey(cx: Cx, binding: number): string {
    return keyOf(cx.frame.path, binding);
  }

  private settles(callee: Expr, cx: Cx): boolean {
    const scope = this.scopeSettledBy(callee, cx);
    scope?.settled.push({ line: cx.line, branches: cx.branches });
    return scope !== undefined;
  }

  private scopeSettledBy(expr: Expr, cx: Cx): PromiseScope | undefined {
    if (cx.promises.length === 0) return undefined;
    const { expr: seen, frame } = through(expr, cx.frame);
    if (seen.kind !== 'name' || seen.binding < 0) return undefined;
    const key = keyOf(frame.path, seen.binding);
    return cx.promises.find(({ settles }) => settles.has(key));
  }

  protected branch(cx: Cx, of: object, side: number, test: Expr | undefined, isRest = false): Cx {
    const added: Branch = { of, side, test: test && this.spot(test, cx), isRest };
    return { ...cx, branches: [...cx.branches, added] };
  }

  protected spot(expr: Expr, { frame }: Cx): Spot {
    return { path: frame.path, fn: frame.fn, expr };
  }
}

/** What races with a timer is waited for no longer than that, and the timer is no wait of its own. */
function bindRace(raced: readonly Step[]): void {
  const sleep = raced.find((step) => step.kind === 'wait' && step.how === 'sleep');
  const timer = raced.find((step): step is TimerStep => step.kind === 'timer' && !step.isInterval);
  if (!sleep && !timer) return;
  const bound = { ms: sleep?.kind === 'wait' ? sleep.bound?.ms : timer?.delayMs };
  if (sleep?.kind === 'wait') sleep.isAwaited = false;
  const bind = (step: Step): void => {
    if (step.kind === 'join') step.joined.steps.forEach(bind);
    else if (step.kind === 'call' || (step.kind === 'wait' && step.how !== 'sleep')) step.bound ??= bound;
  };
  raced.forEach(bind);
}

/** What is taken off an emitter does not run. */
function isRemoval(method: string): boolean {
  return /^(off|removeListener|removeEventListener|removeAllListeners)$/.test(method);
}

/** Methods of texts, lists and maps: they neither take time nor change what a server is. */
function isPure(callee: Expr): boolean {
  return (
    callee.kind === 'member' &&
    /^(at|charAt|concat|entries|endsWith|from|get|getTime|has|includes|indexOf|join|keys|lastIndexOf|match|padEnd|padStart|push|repeat|replace|replaceAll|slice|sort|splice|split|startsWith|substring|test|toFixed|toISOString|toLocaleString|toLowerCase|toString|toUpperCase|trim|values)$/.test(
      callee.property,
    )
  );
}

function isTimer(value: Value): boolean {
  return ['setTimeout', 'setInterval', 'setImmediate', 'process.nextTick', 'queueMicrotask'].some((name) =>
    isGlobal(value, name),
  );
}

/** `setTimeout` of node:timers/promises, `promisify(setTimeout)`. */
function isSleep(value: Value): boolean {
  if (value.kind !== 'foreign') return false;
  if (value.module === 'timers/promises') return /^(setTimeout|scheduler\.wait)$/.test(value.member);
  if (value.module !== 'util' || value.member !== 'promisify()' || value.made?.expr.kind !== 'call')
    return false;
  const [what] = value.made.expr.args;
  return what?.kind === 'name' && what.name === 'setTimeout';
}

/** `process.kill(process.pid, signal)`. */
function isEndOfOwnProcess(value: Value, { args: [target] }: CallExpr): boolean {
  return isGlobal(value, 'process.kill') && target?.kind === 'member' && target.property === 'pid';
}
