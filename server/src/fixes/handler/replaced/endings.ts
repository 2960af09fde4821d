import type { Expr, SourceFacts, Statement } from '../../../languages/source/facts.ts';
import type { CertainCalls } from '../../../project/certainCalls.ts';
import { isExit, isLogging } from '../../../project/syncPath.ts';
import { type FunctionRef, isGlobal } from '../../../project/value.ts';

type CallExpr = Extract<Expr, { kind: 'call' }>;

/** What in a file ends the process, and what only tells of it. */
export class Endings {
  constructor(
    private readonly path: string,
    private readonly facts: SourceFacts,
    private readonly calls: CertainCalls,
  ) {}

  /** A function that logs or ends the process, and does nothing else; `process.exit` too. */
  isEndFunction(expr: Expr, fn: number): boolean {
    if (expr.kind === 'function')
      return this.isOnlyEnd(this.facts.functions[expr.fn]?.statements ?? [], expr.fn);
    return this.calls.values.of(expr, this.path, fn).some(isExit);
  }

  isOnlyEnd(statements: readonly Statement[], fn: number): boolean {
    return statements.every((statement) => {
      const expr =
        statement.kind === 'expression'
          ? statement.expr
          : statement.kind === 'return'
            ? statement.value
            : null;
      if (expr === undefined) return true;
      if (expr?.kind === 'assign')
        return expr.target.kind === 'member' && expr.target.property === 'exitCode';
      return expr?.kind === 'call' && (this.isExitCall(expr, fn) || this.isLog(expr, fn));
    });
  }

  /** `setTimeout(() => process.exit(1), 5000).unref()`: the new handler has a limit of its own. */
  isForcedExit(call: CallExpr, fn: number): boolean {
    const { callee, args } = call;
    if (callee.kind === 'member' && callee.property === 'unref' && callee.object.kind === 'call')
      return this.isForcedExit(callee.object, fn);
    const isTimer = this.calls.values
      .of(callee, this.path, fn)
      .every((value) => isGlobal(value, 'setTimeout'));
    const [callback] = args;
    if (!isTimer || !callback) return false;
    if (callback.kind !== 'function') return this.isEndFunction(callback, fn);
    const [only, ...others] = this.facts.functions[callback.fn]?.statements ?? [];
    return only !== undefined && others.length === 0 && this.isOnlyEnd([only], callback.fn);
  }

  isExitCall({ callee }: CallExpr, fn: number): boolean {
    return this.calls.values.of(callee, this.path, fn).some(isExit);
  }

  isLog(call: CallExpr, fn: number): boolean {
    if (isLogging(call)) return true;
    return this.calls.values
      .of(call.callee, this.path, fn)
      .every(
        (value) =>
          value.kind === 'foreign' &&
          value.module === '' &&
          /^(console\.\w+|process\.stderr\.write)$/.test(value.member),
      );
  }
}

/** Whether functions may end the process: themselves, or through those that they certainly call. */
export function exitsFrom(refs: readonly FunctionRef[], calls: CertainCalls): boolean {
  return [...calls.reach(refs).values()].some(({ ref: { path, fn } }) =>
    calls.program
      .callsIn(path, fn)
      .some(({ callee, args }) =>
        [callee, ...args].some((each) => calls.values.of(each, path, fn).some(isExit)),
      ),
  );
}
