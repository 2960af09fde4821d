import type { Expr, Statement } from '../../languages/source/facts.ts';
import { isBlock, partsOf, walkStatements } from '../../languages/source/walk.ts';
import type { CallExpr } from '../program.ts';
import { enter, type Frame, frameOf, through, valuesIn } from '../shutdown/frame.ts';
import { hasAwait } from '../shutdown/loops.ts';
import { isExit } from '../syncPath.ts';
import { type FunctionRef, functionKey, functionsOf, isGlobal, type Value } from '../value.ts';
import type { Values } from '../values.ts';
import type { Amount } from './amount.ts';
import { Evaluator } from './evaluate.ts';

const maxDepth = 10;
const maxFunctions = 300;
const listening =
  /^(on|once|off|addListener|removeListener|prependListener|prependOnceListener|addEventListener|removeEventListener)$/;

/**
 * A time that a signal's handler leads to.
 * `wait`: it waits that long for something (a poll with a limit, a sleep, what is raced with a timer); `deadline`: it
 * forces the exit then.
 */
export interface TimeOnTheWay {
  readonly kind: 'wait' | 'deadline';
  readonly amount: Amount;
}

/** The waits and deadlines of a handler and of every function it calls, in the order in which it comes to them. */
export function timesOf(handlers: readonly FunctionRef[], values: Values): readonly TimeOnTheWay[] {
  const walk = new Walk(values);
  for (const handler of handlers) walk.follow(handler, [], frameOf(handler), 0);
  return walk.times;
}

class Walk {
  readonly times: TimeOnTheWay[] = [];
  private readonly evaluator: Evaluator;
  private readonly stack: string[] = [];
  /** Functions that make a promise: their parameters settle it. */
  private readonly executors = new Set<string>();
  private followed = 0;

  constructor(private readonly values: Values) {
    this.evaluator = new Evaluator(values);
  }

  follow(ref: FunctionRef, args: readonly Expr[], caller: Frame, depth: number): void {
    const fact = this.values.program.functionAt(ref.path, ref.fn);
    const key = functionKey(ref);
    this.followed += 1;
    if (!fact || depth > maxDepth || this.followed > maxFunctions || this.stack.includes(key)) return;
    const frame = enter(ref, fact, args, caller);
    this.stack.push(key);
    const parts = [...loopsIn(fact.statements), ...this.values.program.callsIn(ref.path, ref.fn)];
    for (const part of parts.sort((a, b) => a.start - b.start)) {
      if (part.kind !== 'loop') this.call(part, frame, depth);
      else if (hasAwait(part.body)) this.limits([part], frame);
    }
    this.stack.pop();
  }

  /** Comparisons of the time that has passed with a limit. */
  private limits(statements: readonly Statement[], frame: Frame): void {
    walkStatements(statements, (expr) => {
      if (expr.kind !== 'binary' || !/^[<>]=?$/.test(expr.operator)) return;
      const [left, right] = [expr.left, expr.right].map((side) => this.evaluator.amount(side, frame));
      const clocks = [expr.left, expr.right].filter((side) => this.evaluator.readsClock(side, frame));
      if (!left || !right || clocks.length === 0) return;
      const limit = [left, right].find(({ ms, variable }) => variable || (ms ?? 0) > 0);
      this.add('wait', limit);
    });
  }

  private call(call: CallExpr, frame: Frame, depth: number): void {
    const callees = valuesIn(call.callee, frame, this.values);
    if (callees.some((value) => isGlobal(value, 'setTimeout'))) {
      this.timer(call, frame);
      return;
    }
    if (callees.some(isSleep)) {
      this.add('wait', this.evaluator.amount(call.args[0], frame));
      return;
    }
    const own = call.isNew ? [] : functionsOf(callees);
    for (const ref of own) this.follow(ref, call.args, this.frameAround(call.callee, frame), depth + 1);
    if (own.length === 0) this.callbacks(call, callees, frame, depth);
  }

  /** What a callback sees is what the functions around it were given. */
  private frameAround(callee: Expr, frame: Frame): Frame {
    const seen = through(callee, frame);
    if (seen.expr === callee) return frame;
    return { ...frame, bound: new Map([...frame.bound, ...seen.frame.bound]) };
  }

  /** Functions that are handed to what calls them. */
  private callbacks(call: CallExpr, callees: readonly Value[], frame: Frame, depth: number): void {
    const { callee } = call;
    if (callee.kind === 'member' && listening.test(callee.property)) return;
    const isPromise = call.isNew && callees.some((value) => isGlobal(value, 'Promise'));
    const isInterval = callees.some((value) => isGlobal(value, 'setInterval'));
    if (call.isNew && !isPromise) return;
    for (const argument of call.args) {
      for (const ref of functionsOf(valuesIn(argument, frame, this.values))) {
        if (isPromise) this.executors.add(functionKey(ref));
        const fact = this.values.program.functionAt(ref.path, ref.fn);
        if (isInterval && fact && this.isPoll(ref, frame)) this.limits(fact.statements, { ...frame, ...ref });
        this.follow(ref, [], frame, depth + 1);
      }
    }
  }

  private timer({ args: [callback, delay] }: CallExpr, frame: Frame): void {
    if (!callback) return;
    const values = valuesIn(callback, frame, this.values);
    const refs = functionsOf(values);
    const amount = this.evaluator.amount(delay, frame);
    if (values.some(isExit) || refs.some((ref) => this.exits(ref, 0))) this.add('deadline', amount);
    else if (this.isSettler(callback, frame) || refs.some((ref) => this.endsWait(ref, frame)))
      this.add('wait', amount);
    for (const ref of refs) {
      const fact = this.values.program.functionAt(ref.path, ref.fn);
      if (fact && this.isPoll(ref, frame)) this.limits(fact.statements, { ...frame, ...ref });
    }
  }

  private isPoll(ref: FunctionRef, frame: Frame): boolean {
    return this.endsWait(ref, frame) || this.exits(ref, 0);
  }

  private exits({ path, fn }: FunctionRef, depth: number): boolean {
    if (depth > 3) return false;
    return this.values.program.callsIn(path, fn).some((call) => {
      const callees = this.values.of(call.callee, path, fn);
      return callees.some(isExit) || functionsOf(callees).some((ref) => this.exits(ref, depth + 1));
    });
  }

  /** Settles a promise, or cuts the connections that a closing listener waits for. */
  private endsWait({ path, fn }: FunctionRef, frame: Frame): boolean {
    return this.values.program
      .callsIn(path, fn)
      .some(
        ({ callee }) =>
          this.isSettler(callee, { ...frame, path, fn }) ||
          (callee.kind === 'member' && callee.property === 'closeAllConnections'),
      );
  }

  /** Whether an expression is the `resolve` or `reject` of a promise that is being made. */
  private isSettler(expr: Expr, frame: Frame): boolean {
    const seen = through(expr, frame);
    if (seen.expr.kind !== 'name' || seen.expr.binding < 0) return false;
    const binding = this.values.program.facts(seen.frame.path)?.bindings[seen.expr.binding];
    return (
      binding?.kind === 'parameter' &&
      this.executors.has(functionKey({ path: seen.frame.path, fn: binding.owner }))
    );
  }

  private add(kind: TimeOnTheWay['kind'], amount: Amount | undefined): void {
    if (amount) this.times.push({ kind, amount });
  }
}

type Loop = Extract<Statement, { kind: 'loop' }>;

/** The outermost loops of some statements. */
function loopsIn(statements: readonly Statement[]): Loop[] {
  return statements.flatMap((statement): Loop[] => {
    if (statement.kind === 'loop') return [statement];
    return partsOf(statement).flatMap((part) => (isBlock(part) ? loopsIn(part) : []));
  });
}

function isSleep(value: Value): boolean {
  return value.kind === 'foreign' && value.module === 'timers/promises' && value.member === 'setTimeout';
}
