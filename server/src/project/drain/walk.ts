import type { Expr, Statement } from '../../languages/source/facts.ts';
import { isBlock, partsOf, walkStatements } from '../../languages/source/walk.ts';
import type { CallExpr } from '../program.ts';
import { enter, type Frame, frameOf, keyOf, through, valuesIn } from '../shutdown/frame.ts';
import { isExit } from '../syncPath.ts';
import { type FunctionRef, functionsOf, isGlobal, type Value } from '../value.ts';
import type { Values } from '../values.ts';
import type { Amount } from './amount.ts';
import { Evaluator } from './evaluate.ts';

const maxDepth = 10;
const maxFunctions = 300;
const listening = /^(on|once|addListener|prependListener|prependOnceListener|addEventListener)$/;

/** The times that a signal's handler leads to. */
export interface Times {
  /** How long it waits for something: polls with a limit, sleeps, what is raced with a timer. */
  readonly waits: readonly Amount[];
  /** After what time it forces the exit. */
  readonly deadlines: readonly Amount[];
}

/** Follows a handler over every function it calls and collects its waits and deadlines. */
export function timesOf(handlers: readonly FunctionRef[], values: Values): Times {
  const walk = new Walk(values);
  for (const handler of handlers) walk.follow(handler, [], frameOf(handler), 0);
  return { waits: walk.waits, deadlines: walk.deadlines };
}

class Walk {
  readonly waits: Amount[] = [];
  readonly deadlines: Amount[] = [];
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
    const key = `${ref.path}#${ref.fn}`;
    this.followed += 1;
    if (!fact || depth > maxDepth || this.followed > maxFunctions || this.stack.includes(key)) return;
    const frame = enter(ref, fact, args, caller);
    this.stack.push(key);
    this.loops(fact.statements, frame);
    for (const call of this.values.program.callsIn(ref.path, ref.fn)) this.call(call, frame, depth);
    this.stack.pop();
  }

  private loops(statements: readonly Statement[], frame: Frame): void {
    for (const statement of statements) {
      if (statement.kind === 'loop') this.limits([statement], frame);
      for (const part of partsOf(statement)) if (isBlock(part)) this.loops(part, frame);
    }
  }

  /** Comparisons of the time that has passed with a limit. */
  private limits(statements: readonly Statement[], frame: Frame): void {
    walkStatements(statements, (expr) => {
      if (expr.kind !== 'binary' || !/^[<>]=?$/.test(expr.operator)) return;
      const [left, right] = [expr.left, expr.right].map((side) => this.evaluator.amount(side, frame));
      const clocks = [expr.left, expr.right].filter((side) => this.evaluator.readsClock(side, frame));
      if (!left || !right || clocks.length === 0) return;
      const limit = [left, right].find(({ ms, variable }) => variable || (ms ?? 0) > 0);
      if (limit) this.waits.push(limit);
    });
  }

  private call(call: CallExpr, frame: Frame, depth: number): void {
    const callees = valuesIn(call.callee, frame, this.values);
    if (callees.some((value) => isGlobal(value, 'setTimeout'))) {
      this.timer(call, frame);
      return;
    }
    if (callees.some(isSleep)) {
      this.add(this.waits, this.evaluator.amount(call.args[0], frame));
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
        if (isPromise) this.executors.add(`${ref.path}#${ref.fn}`);
        const fact = this.values.program.functionAt(ref.path, ref.fn);
        if (isInterval && fact) this.limits(fact.statements, { ...frame, ...ref });
        this.follow(ref, [], frame, depth + 1);
      }
    }
  }

  private timer({ args: [callback, delay] }: CallExpr, frame: Frame): void {
    if (!callback) return;
    const values = valuesIn(callback, frame, this.values);
    const refs = functionsOf(values);
    const amount = this.evaluator.amount(delay, frame);
    if (values.some(isExit) || refs.some((ref) => this.exits(ref, 0))) this.add(this.deadlines, amount);
    else if (this.isSettler(callback, frame) || refs.some((ref) => this.settles(ref, frame)))
      this.add(this.waits, amount);
    for (const ref of refs) {
      const fact = this.values.program.functionAt(ref.path, ref.fn);
      if (fact) this.limits(fact.statements, { ...frame, ...ref });
    }
  }

  private exits({ path, fn }: FunctionRef, depth: number): boolean {
    if (depth > 3) return false;
    return this.values.program.callsIn(path, fn).some((call) => {
      const callees = this.values.of(call.callee, path, fn);
      return callees.some(isExit) || functionsOf(callees).some((ref) => this.exits(ref, depth + 1));
    });
  }

  private settles({ path, fn }: FunctionRef, frame: Frame): boolean {
    return this.values.program
      .callsIn(path, fn)
      .some(({ callee }) => this.isSettler(callee, { ...frame, path, fn }));
  }

  /** Whether an expression is the `resolve` or `reject` of a promise that is being made. */
  private isSettler(expr: Expr, frame: Frame): boolean {
    const seen = through(expr, frame);
    if (seen.expr.kind !== 'name' || seen.expr.binding < 0) return false;
    const binding = this.values.program.facts(seen.frame.path)?.bindings[seen.expr.binding];
    return binding?.kind === 'parameter' && this.executors.has(keyOf(seen.frame.path, binding.owner));
  }

  private add(list: Amount[], amount: Amount | undefined): void {
    if (amount) list.push(amount);
  }
}

function isSleep(value: Value): boolean {
  return value.kind === 'foreign' && value.module === 'timers/promises' && value.member === 'setTimeout';
}
