import type { Expr, Statement } from '../../languages/source/facts.ts';
import type { Execution } from '../execution.ts';
import type { CallExpr } from '../program.ts';
import { noShutdownOptions, type ShutdownOptions } from '../shutdownOptions.ts';
import { type FunctionRef, functionKey } from '../value.ts';
import type { Values } from '../values.ts';
import { CallTracer } from './callTracer.ts';
import type { Cx } from './context.ts';
import { frameOf } from './frame.ts';
import { endsAlways, runsOverNothing, unrolled } from './loops.ts';
import type { Guard, Line, Spot, Step } from './steps.ts';

/** What a function does when it runs, in order, over every function it calls. */
export interface Trace {
  /** The function's own line first. */
  readonly lines: readonly Line[];
  /** All steps, in the order in which they were met. */
  readonly steps: readonly Step[];
  /** What loops that never run go over: `for (const id in map)`. */
  readonly idleLoops: readonly Spot[];
  /** False where the function does more than is followed. */
  readonly isComplete: boolean;
}

/**
 * Follows a function, a signal's handler say, with `values` that know what callers pass.
 * @param options what people say of functions that it calls
 */
export function trace(
  handler: FunctionRef,
  values: Values,
  options: ShutdownOptions = noShutdownOptions,
): Trace {
  return follow([handler], new Tracer(values, { options }));
}

/** A start does more than a handler, and none of it is followed into callbacks that wait for requests or signals. */
const maxStartSteps = 4_000;

/**
 * Follows the top levels of the files that a program loads, as they do when it starts.
 * @param leading the functions (keys of `functionKey`) that lead to what is looked for; others are entered only where one of
 * these is handed to them
 */
export function traceStart(
  { live, entry }: Pick<Execution, 'live' | 'entry'>,
  leading: ReadonlySet<string>,
  values: Values,
): Trace {
  // The entry begins it all, also where it only hands on an object that leads there: a command of yargs.
  const entered = new Set(leading).add(functionKey({ path: entry, fn: 0 }));
  const roots = [...live.keys()]
    .map((path) => ({ path, fn: 0 }))
    .filter((root) => entered.has(functionKey(root)));
  const limits = { maxSteps: maxStartSteps, skips: isRegistration, leading: entered, entry };
  return follow(roots, new Tracer(values, limits));
}

function follow(roots: readonly FunctionRef[], tracer: Tracer): Trace {
  const line = tracer.log.line({ how: 'handler' }, undefined);
  for (const root of roots) {
    tracer.run(root, [], {
      frame: frameOf(root),
      line,
      via: [],
      branches: [],
      isRepeated: false,
      guard: undefined,
      isOnError: false,
      returnsAwaited: true,
      promises: [],
    });
  }
  const { lines, steps, idleLoops, isComplete } = tracer.log;
  return { lines, steps, idleLoops, isComplete };
}

/** What is handed over there runs when a request, a signal or an event comes. */
function isRegistration({ callee }: CallExpr): boolean {
  return (
    callee.kind === 'member' &&
    /^(on|once|addListener|addTool|all|delete|get|patch|post|prependListener|put|registerTool|route|setRequestHandler|tool|use)$/.test(
      callee.property,
    )
  );
}

/** Follows statements; what calls mean is the base's business. */
class Tracer extends CallTracer {
  protected statements(statements: readonly Statement[], cx: Cx): void {
    let rest = cx;
    for (const statement of statements) {
      this.statement(statement, rest);
      // What follows `if (test) return` runs under the opposite condition.
      if (statement.kind === 'if' && statement.otherwise.length === 0 && endsAlways(statement.then)) {
        rest = this.branch(rest, statement, 1, statement.test, true);
      }
    }
  }

  private tryStatement(statement: Extract<Statement, { kind: 'try' }>, cx: Cx): void {
    const { body, handler, finalizer } = statement;
    const guard: Guard = { kind: handler ? 'catches' : 'passes', outer: cx.guard };
    this.statements(body, { ...cx, guard });
    if (handler) this.statements(handler, { ...this.branch(cx, statement, 1, undefined), isOnError: true });
    const always: Guard = { kind: 'always', behind: guard, outer: cx.guard };
    this.statements(finalizer ?? [], { ...cx, guard: always });
  }

  private statement(statement: Statement, cx: Cx): void {
    switch (statement.kind) {
      case 'expression':
        this.expr(statement.expr, cx, false);
        return;
      case 'declare':
        this.declare(statement, cx);
        return;
      case 'return':
        if (statement.value) this.returned(statement.value, cx);
        return;
      case 'throw':
        if (statement.value) this.expr(statement.value, cx, false);
        return;
      case 'block':
        this.statements(statement.body, cx);
        return;
      case 'if':
        if (this.isForAnotherStart(statement, cx)) return;
        this.expr(statement.test, cx, false);
        this.statements(statement.then, this.branch(cx, statement, 0, statement.test));
        this.statements(statement.otherwise, this.branch(cx, statement, 1, statement.test));
        return;
      case 'switch':
        this.expr(statement.subject, cx, false);
        for (const [side, { body }] of statement.cases.entries())
          this.statements(body, this.branch(cx, statement, side, statement.subject));
        return;
      case 'loop':
        this.loop(statement, cx);
        return;
      case 'try':
        this.tryStatement(statement, cx);
        return;
      default:
        return;
    }
  }

  private declare(statement: Extract<Statement, { kind: 'declare' }>, cx: Cx): void {
    if (!statement.init) return;
    const pending = this.log.pendingOf(cx.line, () => this.expr(statement.init as Expr, cx, false));
    const [only, ...others] = statement.bindings;
    if (only !== undefined && others.length === 0) this.log.remember(this.bindingKey(cx, only), pending);
  }

  /** `return this.closing` hands a promise on that was made before. */
  private returned(value: Expr, cx: Cx): void {
    this.expr(value, cx, cx.returnsAwaited);
    if (cx.returnsAwaited) this.joinNamed(value, cx);
  }

  private loop(statement: Extract<Statement, { kind: 'loop' }>, cx: Cx): void {
    for (const head of statement.heads) this.expr(head, cx, false);
    if (runsOverNothing(statement, cx.frame, this.values)) {
      this.log.idleLoops.push(this.spot(statement.heads[0] as Expr, cx));
      return;
    }
    const rounds = unrolled(statement, cx.frame, this.values);
    if (rounds) {
      for (const frame of rounds) this.statements(statement.body, { ...cx, frame });
      return;
    }
    const before = this.log.steps.length;
    this.statements(statement.body, { ...cx, isRepeated: true });
    if (statement.loop !== 'for-of' && statement.loop !== 'for-in') this.poll(statement, cx, before);
  }
}
