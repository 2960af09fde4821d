import type { Expr } from '../../languages/source/facts.ts';
import { childrenOf } from '../../languages/source/walk.ts';
import { isFulfilling } from '../callers.ts';
import type { CallExpr } from '../program.ts';
import { isSaidToClose, isSaidToDrain } from '../shutdownOptions.ts';
import { isExit, isHarmless, isLogging } from '../syncPath.ts';
import { type FunctionRef, functionsOf, isGlobal, type Value } from '../value.ts';
import { abortListeners } from './abortHubs.ts';
import {
  areTimers,
  isCommand,
  isEndOfOwnProcess,
  isForeignWork,
  isKeeping,
  isPure,
  isRemoval,
  isSleep,
  isTimersEnd,
} from './callKinds.ts';
import type { Cx } from './context.ts';
import { bindingKey, type Frame, through, valuesIn } from './frame.ts';
import type { Pending } from './log.ts';
import { numberOf } from './numbers.ts';
import { PromiseTracer } from './promiseTracer.ts';
import type { CallStep } from './steps.ts';

const chained = new Set(['then', 'catch', 'finally']);
const iterating = /^(forEach|map|flatMap|filter|some|every|reduce)$/;
const combining = /^Promise\.(all|allSettled|race|any)$/;

/** Of the commands of a command line one runs: they are sides of one choice. */
const commands = {};

/** Follows expressions: what is called, and what runs because of it. */
export abstract class CallTracer extends PromiseTracer {
  private readonly commandCalls: CallExpr[] = [];

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

  protected assign(expr: Extract<Expr, { kind: 'assign' }>, cx: Cx, isAwaited: boolean): void {
    const { target, value } = expr;
    const set = () => this.log.add({ kind: 'set', target, value }, expr, cx);
    // The promise of what is started is there long before that is over.
    if (value.kind !== 'await') set();
    const pending = this.log.pendingOf(cx.line, () => this.expr(value, cx, isAwaited));
    this.log.remember(this.nameKey(target, cx), pending);
    if (value.kind === 'await') set();
  }

  protected call(call: CallExpr, cx: Cx, isAwaited: boolean): void {
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
    if (areTimers(found.values)) {
      this.timer(call, found.values, cx);
      return;
    }
    const own = call.isNew ? this.constructorsOf(found.values) : functionsOf(found.values);
    this.said(call, own.length > 0, cx, isAwaited);
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

  /** What people say of a function counts beside what is seen of it. */
  protected said(call: CallExpr, isOwn: boolean, cx: Cx, isAwaited: boolean): void {
    const bound = { ms: undefined };
    if (isSaidToDrain(call, this.options)) {
      this.log.add({ kind: 'wait', how: 'said', condition: [], isAwaited, bound }, call, cx);
    }
    if (isOwn && isSaidToClose(call, this.options)) {
      this.log.add({ kind: 'call', call, callees: [], isAwaited, bound, hidesFailure: false }, call, cx);
    }
  }

  protected constructorsOf(values: readonly Value[]): FunctionRef[] {
    return values.flatMap((value): FunctionRef[] => {
      if (value.kind !== 'class') return [];
      const { members } = this.values.program.facts(value.path)?.classes[value.cls] ?? { members: [] };
      const own = members.find(({ name }) => name === 'constructor');
      return own ? [{ path: value.path, fn: own.fn }] : [];
    });
  }

  /** What is called, and the frame of the function around it where it was handed in. */
  protected calleeOf(callee: Expr, frame: Frame): { values: readonly Value[]; frame: Frame | undefined } {
    const seen = through(callee, frame);
    return {
      values: valuesIn(callee, frame, this.values),
      frame: seen.expr === callee ? undefined : seen.frame,
    };
  }

  protected callOwn(
    call: CallExpr,
    own: readonly FunctionRef[],
    found: { values: readonly Value[]; frame: Frame | undefined },
    cx: Cx,
    isAwaited: boolean,
  ): void {
    const pendings = call.args.map((argument) =>
      this.log.pendingOf(cx.line, () => this.expr(argument, cx, false)),
    );
    // A transport or a listener may be of an own class: of a start, that it is made is of interest, too.
    if (this.isStart) {
      const bound = undefined;
      this.log.add({ kind: 'call', call, callees: [], isAwaited, bound, hidesFailure: false }, call, cx);
    }
    // `pool = isRemote ? new Adapter() : knex()`: what a package does is seen beside what the own class does.
    const others = this.isStart ? [] : found.values.filter((value) => isForeignWork(value));
    const isChoice = own.length > 1 || others.length > 0;
    for (const [side, ref] of own.entries()) {
      this.rememberArguments(ref, pendings);
      const inner = isChoice ? this.branch(cx, call, side, undefined) : cx;
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
    if (others.length > 0) {
      const side = this.branch(cx, call, own.length, undefined);
      this.log.add(
        { kind: 'call', call, callees: others, isAwaited, bound: undefined, hidesFailure: false },
        call,
        side,
      );
    }
    // `let stop = () => {}; new Promise((resolve) => (stop = resolve))`: what it holds at first is not all.
    if (found.values.some(isFulfilling)) this.callOther(call, found.values, cx, isAwaited);
  }

  protected rememberArguments({ path, fn }: FunctionRef, pendings: readonly Pending[]): void {
    const parameters = this.values.program.functionAt(path, fn)?.parameters ?? [];
    for (const [index, pending] of pendings.entries()) {
      const [binding] = parameters[index]?.bindings ?? [];
      if (binding !== undefined) this.log.remember(bindingKey(path, binding), pending);
    }
  }

  /** A call that leaves the project, or leads nobody knows where; functions handed to it run when it says so. */
  protected callOther(call: CallExpr, callees: readonly Value[], cx: Cx, isAwaited: boolean): void {
    const { callee, args } = call;
    const isIteration = callee.kind === 'member' && iterating.test(callee.property) && args.length > 0;
    const isCommands = this.isStart && isCommand(callee);
    const handed = args.map((argument) => {
      const values = valuesIn(argument, cx.frame, this.values);
      return isCommands ? [...functionsOf(values), ...this.commandsIn(values)] : functionsOf(values);
    });
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
    const isQuiet =
      isKeeping(callee, callees) ||
      (callees.every(isHarmless) && !callees.some(isTimersEnd) && handed.every((refs) => refs.length === 0));
    if (!isAwaited && (isPure(callee) || isQuiet)) return;
    // `() => resolve()` gives back nothing that is waited for.
    const isWaitedFor = isAwaited && !callees.some(isFulfilling);
    const step = this.log.add(
      { kind: 'call', call, callees, isAwaited: isWaitedFor, bound: undefined, hidesFailure: false },
      call,
      cx,
    );
    if ((callee.kind === 'member' && isRemoval(callee.property)) || this.skips(call)) return;
    this.followAbort(step, cx);
    const inner = isCommands ? this.branch(cx, commands, this.numberOfCommand(call), undefined, true) : cx;
    for (const [index, argument] of args.entries()) this.handOver(argument, handed[index] ?? [], step, inner);
  }

  /** What a command of yargs runs: `{ command: 'serve', handler: async () => ... }`. */
  private commandsIn(values: readonly Value[]): FunctionRef[] {
    return values.flatMap((value): FunctionRef[] => {
      const handler =
        value.kind === 'object' && value.expr.kind === 'object'
          ? value.expr.properties.find(({ key }) => key === 'handler')
          : undefined;
      return handler && value.kind === 'object'
        ? functionsOf(this.values.of(handler.value, value.path, value.fn))
        : [];
    });
  }

  /** The same for each time that the walk comes to a call. */
  private numberOfCommand(call: CallExpr): number {
    const known = this.commandCalls.indexOf(call);
    return known < 0 ? this.commandCalls.push(call) - 1 : known;
  }

  protected handOver(argument: Expr, refs: readonly FunctionRef[], step: CallStep, cx: Cx): void {
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
  protected followAbort(step: CallStep, cx: Cx): void {
    const aborted = step.callees.find(
      (value) =>
        value.kind === 'foreign' && value.module === '' && value.member === 'AbortController().abort',
    );
    const made = aborted?.kind === 'foreign' ? aborted.made?.expr : undefined;
    if (!made) return;
    const { refs, isComplete } = abortListeners(made, this.values);
    this.log.isComplete &&= isComplete;
    for (const ref of refs) {
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

  protected exit(call: CallExpr, cx: Cx): void {
    for (const argument of call.args) this.expr(argument, cx, false);
    const [code] = call.args;
    this.log.add({ kind: 'exit', code: code ? numberOf(code, cx.frame, this.values) : undefined }, call, cx);
  }
}
