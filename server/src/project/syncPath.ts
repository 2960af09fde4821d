import type { Expr, Statement } from '../languages/source/facts.ts';
import { writtenName } from '../languages/source/names.ts';
import { childrenOf } from '../languages/source/walk.ts';
import type { CallExpr } from './program.ts';
import { type FunctionRef, functionsOf, isGlobal, type Value } from './value.ts';
import type { Values } from './values.ts';

/** A call in its file. */
export interface CallRef {
  readonly path: string;
  readonly call: CallExpr;
}

/**
 * What a function does before it gives control back for the first time.
 * `exits`: it ends the process, having started nothing (`isDelayed`: by a timer that does nothing else);
 * `waits`: it awaits something; `starts`: it calls something that may be a clean-up or cannot be followed;
 * `ends`: it returns without any of these.
 */
export type SyncPath =
  | { readonly kind: 'exits'; readonly at: CallRef; readonly isDelayed: boolean }
  | { readonly kind: 'waits' }
  | { readonly kind: 'starts'; readonly call: CallRef }
  | { readonly kind: 'ends' };

const maxDepth = 12;

/** Follows a function from its first statement, calls of own functions included. */
export function syncPath(ref: FunctionRef, values: Values, depth = 0): SyncPath {
  const fact = values.program.functionAt(ref.path, ref.fn);
  if (!fact || depth > maxDepth) return { kind: 'waits' };
  const follow = new Follower(ref, values, depth);
  const result = follow.statements(fact.statements);
  return result === undefined || result === 'returned' ? (follow.timedExit ?? { kind: 'ends' }) : result;
}

/** What running a statement leads to: nothing special (go on), a return, or the end of the question. */
type Step = SyncPath | 'returned' | undefined;

class Follower {
  /** An exit that a timer was armed for; it counts only when nothing else is waited for or started. */
  timedExit: SyncPath | undefined;

  constructor(
    private readonly ref: FunctionRef,
    private readonly values: Values,
    private readonly depth: number,
  ) {}

  statements(statements: readonly Statement[]): Step {
    for (const statement of statements) {
      const step = this.statement(statement);
      if (step !== undefined) return step;
    }
    return undefined;
  }

  private statement(statement: Statement): Step {
    switch (statement.kind) {
      case 'expression':
        return this.expression(statement.expr);
      case 'declare':
        return statement.init && this.expression(statement.init);
      case 'block':
        return this.statements(statement.body);
      case 'return':
        return (statement.value && this.expression(statement.value)) ?? 'returned';
      case 'throw':
        return { kind: 'waits' };
      case 'if':
        return this.expression(statement.test) ?? this.branches([statement.then, statement.otherwise]);
      case 'switch':
        return (
          this.expression(statement.subject) ??
          this.branches([...statement.cases.map(({ body }) => body), []])
        );
      case 'loop':
        return this.all(statement.heads) ?? this.branches([statement.body, []]);
      case 'try':
        return this.statements(statement.body) ?? this.statements(statement.finalizer ?? []);
      default:
        return undefined;
    }
  }

  /** A guard that returns early says nothing of the rest; anything that waits or starts on one way decides. */
  private branches(branches: readonly (readonly Statement[])[]): Step {
    const steps = branches.map((branch) => this.statements(branch));
    const decisive = steps.find((step) => step !== undefined && step !== 'returned' && step.kind !== 'exits');
    if (decisive) return decisive;
    return steps.every((step) => step !== undefined && step !== 'returned') ? steps[0] : undefined;
  }

  private all(exprs: readonly Expr[]): Step {
    for (const expr of exprs) {
      const step = this.expression(expr);
      if (step !== undefined) return step;
    }
    return undefined;
  }

  private expression(expr: Expr): Step {
    if (expr.kind === 'function' || expr.kind === 'class') return undefined;
    if (expr.kind === 'choice') {
      return (
        this.expression(expr.test) ??
        this.optional([expr.whenTrue, expr.whenFalse].filter((e) => e !== expr.test))
      );
    }
    if (expr.kind !== 'call') {
      const inner = this.all(childrenOf(expr));
      return inner ?? (expr.kind === 'await' ? { kind: 'waits' } : undefined);
    }
    return this.all(childrenOf(expr)) ?? this.call(expr);
  }

  /** Expressions of which at most one runs. */
  private optional(exprs: readonly Expr[]): Step {
    const steps = exprs.map((expr) => this.expression(expr));
    const decisive = steps.find((step) => step !== undefined && step !== 'returned' && step.kind !== 'exits');
    if (decisive) return decisive;
    return exprs.length === 2 && steps.every((step) => step !== undefined) ? steps[0] : undefined;
  }

  private call(call: CallExpr): Step {
    const { path, fn } = this.ref;
    const callees = this.values.of(call.callee, path, fn);
    if (callees.some(isExit)) return { kind: 'exits', at: { path, call }, isDelayed: false };
    if (callees.every(isTimer)) return this.timer(call);
    if (callees.every((callee) => isHarmless(callee) || isOfFiles(callee)) || isLogging(call))
      return undefined;
    const own = functionsOf(callees);
    if (own.length !== callees.length) return { kind: 'starts', call: { path, call } };
    for (const ref of own) {
      const step = this.after(syncPath(ref, this.values, this.depth + 1));
      if (step) return step;
    }
    return undefined;
  }

  /** What another function's way means for the one that calls it. */
  private after(inner: SyncPath): Step {
    if (inner.kind === 'exits' && inner.isDelayed) this.timedExit = inner;
    else if (inner.kind !== 'ends') return inner;
    return undefined;
  }

  private timer(call: CallExpr): Step {
    const { path, fn } = this.ref;
    const [callback] = call.args;
    const callbacks = callback ? this.values.of(callback, path, fn) : [];
    for (const value of callbacks) {
      const exit: SyncPath = isExit(value)
        ? { kind: 'exits', at: { path, call }, isDelayed: true }
        : value.kind === 'function'
          ? syncPath(value, this.values, this.depth + 1)
          : { kind: 'waits' };
      if (exit.kind !== 'exits') return { kind: 'starts', call: { path, call } };
      this.timedExit = { ...exit, isDelayed: true };
    }
    return undefined;
  }
}

function isTimer(value: Value): boolean {
  return ['setTimeout', 'setImmediate', 'process.nextTick', 'queueMicrotask'].some((name) =>
    isGlobal(value, name),
  );
}

/** `process.exit`, `process.reallyExit`, `process.abort`, `Deno.exit`, and `process.kill(process.pid, ...)` is not followed. */
export function isExit(value: Value): boolean {
  return ['process.exit', 'process.reallyExit', 'process.abort', 'Deno.exit'].some((name) =>
    isGlobal(value, name),
  );
}

/** Calls of the platform that neither clean up nor wait. */
export function isHarmless(value: Value): boolean {
  if (value.kind !== 'foreign' || value.module !== '') return false;
  return /^(console\.\w+|setTimeout\(\)\.unref|clear(Timeout|Interval|Immediate)|process\.(stdout|stderr)\.write|(Date|Math|JSON|Object|Number|String|Array)(\.\w+)?|Symbol|Error|Date\(\)\.\w+|(Map|Set|WeakMap|WeakSet)\(\)\.(add|clear|delete|get|has|set)|process\.(uptime|memoryUsage|cwd))$/.test(
    value.member,
  );
}

/** `unlinkSync(pidFile)`, `path.join(...)`: over when it returns, and of no use to a call in flight. */
function isOfFiles(value: Value): boolean {
  if (value.kind !== 'foreign') return false;
  return value.module === 'path' || (value.module === 'fs' && value.member.endsWith('Sync'));
}

/** `logger.info(...)`, `log.warn(...)`, `this.logger.error(...)`. */
export function isLogging({ callee }: CallExpr): boolean {
  if (callee.kind !== 'member') return callee.kind === 'name' && /^(log|debug|logger)$/i.test(callee.name);
  if (!/^(log|info|warn|warning|error|debug|trace|fatal|notice|verbose)$/.test(callee.property)) return false;
  const { object } = callee;
  const name = writtenName(object);
  return /log/i.test(name);
}
