import type { Expr, Statement } from '../../languages/source/facts.ts';
import type { CallExpr } from '../program.ts';
import { isExit } from '../syncPath.ts';
import { functionsOf, isGlobal, type Value } from '../value.ts';
import type { Cx, PromiseScope } from './context.ts';
import { bindingKey, through, valuesIn } from './frame.ts';
import { conditionsOf, hasAwait, looksAtLimit } from './loops.ts';
import { numberOf } from './numbers.ts';
import { bindRace, settle } from './promises.ts';
import type { Guard } from './steps.ts';
import { WalkState } from './walkState.ts';

/** Follows what takes time: promises made, chained and combined, timers, waits. */
export abstract class PromiseTracer extends WalkState {
  /** @param isAwaited whether the line goes on only when the expression's promise has settled */
  protected abstract expr(expr: Expr, cx: Cx, isAwaited: boolean): void;

  /** `work().then(a).catch(b).finally(c)`: one after the other; on a line of their own where nobody awaits the last. */
  protected chain(
    call: CallExpr,
    callee: Extract<Expr, { kind: 'member' }>,
    cx: Cx,
    isAwaited: boolean,
  ): void {
    const line = isAwaited ? cx.line : this.log.line({ how: 'unawaited' }, cx.line);
    const catches = callee.property === 'catch' || (callee.property === 'then' && call.args.length > 1);
    const guard: Guard = { kind: catches ? 'catches' : 'passes', outer: cx.guard };
    const base: Cx = { ...cx, line, guard };
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
        guard: callee.property === 'finally' ? { kind: 'always', behind: guard, outer: cx.guard } : cx.guard,
      };
      const side = isOnError ? this.branch(inner, call, 1, undefined) : inner;
      const callbacks = valuesIn(argument, cx.frame, this.values);
      if (callbacks.some(isExit)) this.log.add({ kind: 'exit', code: undefined }, argument, side);
      for (const ref of functionsOf(callbacks)) this.run(ref, [], side);
      const scope = this.scopeSettledBy(argument, cx);
      scope?.settled.push({ line, branches: [] });
    }
  }

  protected promise(call: CallExpr, cx: Cx, isAwaited: boolean): void {
    const [executor] = call.args;
    const [ref] = executor ? functionsOf(valuesIn(executor, cx.frame, this.values)) : [];
    if (!ref) return;
    const parameters = this.values.program.functionAt(ref.path, ref.fn)?.parameters ?? [];
    const settles = new Set(
      parameters.flatMap(({ bindings }) => bindings.map((binding) => bindingKey(ref.path, binding))),
    );
    const onlyResolves = parameters.length < 2;
    const scope: PromiseScope = { settles, onlyResolves, settled: [], repeats: [] };
    const pending = this.log.pendingOf(cx.line, () =>
      this.run(ref, [], { ...cx, returnsAwaited: false, promises: [...cx.promises, scope] }),
    );
    settle(scope, pending, call, cx, isAwaited, this.log);
  }

  protected combine(call: CallExpr, member: string, cx: Cx, isAwaited: boolean): void {
    const [list] = call.args;
    if (!list) return;
    const seen = through(list, cx.frame);
    const isWritten = seen.expr.kind === 'array';
    const open: Expr[] = [];
    const before = this.log.steps.length;
    const joinedBefore = this.log.joined.length;
    const elements = seen.expr.kind === 'array' ? seen.expr.elements : [list];
    const frame = isWritten ? seen.frame : cx.frame;
    const kind = member === 'Promise.allSettled' ? 'catches' : 'passes';
    for (const element of elements) {
      const start = this.log.steps.length;
      // Of promises that are begun together, one that rejects skips none of the others.
      const guard: Guard = { kind, among: list, outer: cx.guard };
      this.expr(element, { ...cx, frame, guard }, isAwaited);
      if (isAwaited) this.joinNamed(element, { ...cx, frame, guard });
      // `...calls` are promises that were made elsewhere; `...all.map(close)` are made here.
      const isMade = this.log.steps.slice(start).some(({ line }) => line === cx.line);
      if (!isMade && (element.kind === 'spread' || !isWritten)) open.push(element);
    }
    const joined = this.log.joined.slice(joinedBefore);
    if (open.length > 0 && joined.length === 0) {
      const condition = open.map((each) => this.spot(each, { ...cx, frame }));
      this.log.add({ kind: 'wait', how: 'promises', condition, isAwaited, bound: undefined }, call, cx);
    }
    if (member === 'Promise.race' || member === 'Promise.any')
      bindRace([...joined, ...this.log.steps.slice(before)]);
  }

  protected timer(call: CallExpr, callees: readonly Value[], cx: Cx): void {
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

  protected sleep(call: CallExpr, cx: Cx, isAwaited: boolean): void {
    const ms = numberOf(call.args[0], cx.frame, this.values);
    this.log.add({ kind: 'wait', how: 'sleep', condition: [], isAwaited, bound: { ms } }, call, cx);
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

  /** A promise of unknown making: whoever settles it decides how long this waits. */
  protected awaitValue(expr: Expr, cx: Cx): void {
    if (expr.kind !== 'name' && expr.kind !== 'member' && expr.kind !== 'index') return;
    const values = valuesIn(expr, cx.frame, this.values);
    if (values.every(({ kind }) => kind === 'function' || kind === 'literal' || kind === 'class')) return;
    this.log.add(
      { kind: 'wait', how: 'value', condition: [this.spot(expr, cx)], isAwaited: true, bound: undefined },
      expr,
      cx,
    );
  }
}
