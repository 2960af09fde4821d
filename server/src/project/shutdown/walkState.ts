import type { Expr, Statement } from '../../languages/source/facts.ts';
import { classOfThis } from '../classState.ts';
import { isMainGuard } from '../mainGuard.ts';
import type { CallExpr } from '../program.ts';
import { noShutdownOptions, type ShutdownOptions } from '../shutdownOptions.ts';
import { type FunctionRef, functionKey } from '../value.ts';
import type { Values } from '../values.ts';
import type { Cx, PromiseScope } from './context.ts';
import { Detours } from './detours.ts';
import { bindingKey, enter, through } from './frame.ts';
import { Log, type Pending } from './log.ts';
import type { Branch, Spot } from './steps.ts';

const maxDepth = 24;
/** Functions that only call each other add no steps, and every one that calls two doubles the ways through them. */
const maxRuns = 20_000;

/** How far a walk goes, and what it is told. */
export interface WalkLimits {
  readonly maxSteps?: number;
  /** Calls whose callbacks are not followed. */
  readonly skips?: (call: CallExpr) => boolean;
  readonly options?: ShutdownOptions;
  /** Only these functions (keys of `functionKey`) are entered, and those that are handed one of them. */
  readonly leading?: ReadonlySet<string>;
  /** The file that is started: what another one does only when it is started itself is left out. */
  readonly entry?: string;
}

/** What every part of the walk needs: functions that are being run, conditions, and promises by the names that hold them. */
export abstract class WalkState {
  readonly log: Log;
  protected readonly skips: (call: CallExpr) => boolean;
  protected readonly options: ShutdownOptions;
  protected readonly stack: string[] = [];
  protected runs = 0;
  /** It is a start that is followed, not a handler. */
  protected readonly isStart: boolean;
  private readonly detours: Detours | undefined;
  private readonly entry: string | undefined;

  constructor(
    protected readonly values: Values,
    { maxSteps, skips, options, leading, entry }: WalkLimits = {},
  ) {
    this.log = new Log(maxSteps);
    this.skips = skips ?? (() => false);
    this.options = options ?? noShutdownOptions;
    this.isStart = leading !== undefined;
    this.entry = entry;
    this.detours = leading && new Detours(leading, values);
  }

  protected abstract statements(statements: readonly Statement[], cx: Cx): void;

  /** Follows a function; on a line of its own where it is async and nobody awaits it. */
  run(ref: FunctionRef, args: readonly Expr[], cx: Cx): void {
    const fact = this.values.program.functionAt(ref.path, ref.fn);
    const key = functionKey(ref);
    if (!fact || this.stack.includes(key)) return;
    const frame = enter(ref, fact, args, cx.frame);
    if (this.detours?.isOne(ref, frame)) return;
    this.runs += 1;
    if (this.stack.length >= maxDepth || this.runs > maxRuns || this.log.isFull) {
      this.log.isComplete = false;
      return;
    }
    const line = fact.isAsync && !cx.returnsAwaited ? this.log.line({ how: 'unawaited' }, cx.line) : cx.line;
    this.stack.push(key);
    this.statements(fact.statements, {
      ...cx,
      frame,
      line,
      returnsAwaited: cx.returnsAwaited || line !== cx.line,
    });
    this.stack.pop();
  }

  /** `if (import.meta.url === ...) main()` in a file that another one loads. */
  protected isForAnotherStart(statement: Statement, { frame: { path } }: Cx): boolean {
    const facts = this.values.program.facts(path);
    return this.entry !== undefined && this.entry !== path && !!facts && isMainGuard(statement, facts);
  }

  protected isRunning(ref: FunctionRef): boolean {
    return this.stack.includes(functionKey(ref));
  }

  /** `await this.closing`: a promise that was made before; gives what it is of, where that is known. */
  protected joinNamed(expr: Expr, cx: Cx): Pending | undefined {
    const pending = this.log.remembered(this.nameKey(expr, cx));
    if (pending) this.log.join(pending, expr, cx);
    return pending;
  }

  /** Under which key the promise that a variable or field holds is remembered. */
  protected nameKey(expr: Expr, cx: Cx): string | undefined {
    if (expr.kind === 'name' && expr.binding >= 0) return this.bindingKey(cx, expr.binding);
    if (expr.kind !== 'member' || expr.object.kind !== 'this') return undefined;
    const facts = this.values.program.facts(cx.frame.path);
    const cls = facts ? classOfThis(facts, cx.frame.fn) : -1;
    return cls < 0 ? undefined : `${cx.frame.path}#class${cls}.${expr.property}`;
  }

  protected bindingKey(cx: Cx, binding: number): string {
    return bindingKey(cx.frame.path, binding);
  }

  protected settles(callee: Expr, cx: Cx): boolean {
    const scope = this.scopeSettledBy(callee, cx);
    scope?.settled.push({ line: cx.line, branches: cx.branches });
    return scope !== undefined;
  }

  protected scopeSettledBy(expr: Expr, cx: Cx): PromiseScope | undefined {
    if (cx.promises.length === 0) return undefined;
    const { expr: seen, frame } = through(expr, cx.frame);
    if (seen.kind !== 'name' || seen.binding < 0) return undefined;
    const key = bindingKey(frame.path, seen.binding);
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
