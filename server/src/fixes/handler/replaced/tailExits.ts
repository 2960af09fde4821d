import type { Expr, SourceFacts, Statement } from '../../../languages/source/facts.ts';
import { isBlock, partsOf, walkExpression, walkStatements } from '../../../languages/source/walk.ts';
import type { CertainCalls } from '../../../project/certainCalls.ts';
import { Endings, exitsFrom } from './endings.ts';

/** A statement that ends the process, or would by a timer, and what takes its place: the new handler exits itself. */
export interface DroppedExit {
  readonly statement: Statement;
  readonly code: '' | 'process.exitCode = 1;';
}

/**
 * The exits of a function, where each is the last thing that it does on its way: without them, nothing else runs than
 * before. `undefined` where one of them skips something.
 */
export function tailExits(
  path: string,
  facts: SourceFacts,
  fn: number,
  calls: CertainCalls,
): readonly DroppedExit[] | undefined {
  const endings = new Endings(path, facts, calls);
  const found: DroppedExit[] = [];
  const inList = (statements: readonly Statement[], isTail: boolean): boolean =>
    statements.every((statement, index) => {
      const isLast = index === statements.length - 1;
      return inStatement(statement, isTail && isLast, isLast && index === 0);
    });
  const inStatement = (statement: Statement, isTail: boolean, isAlone: boolean): boolean => {
    if (statement.kind === 'expression' && statement.expr.kind === 'call') {
      const { expr } = statement;
      const isExit = endings.isExitCall(expr, fn);
      if (isExit || endings.isForcedExit(expr, fn)) {
        const code = isExit ? replacement(expr.args) : '';
        if (code !== undefined) found.push({ statement, code });
        // Without it, its block would be empty.
        const isMissed = code === '' && isAlone;
        return code !== undefined && !isMissed && (isTail || !isExit);
      }
    }
    if (statement.kind === 'try')
      return (
        inList(statement.body, isTail) &&
        inList(statement.handler ?? [], isTail) &&
        inList(statement.finalizer ?? [], false)
      );
    if (statement.kind === 'if')
      return !exits(statement.test) && inList(statement.then, isTail) && inList(statement.otherwise, isTail);
    if (statement.kind === 'block') return inList(statement.body, isTail);
    return partsOf(statement).every((part) => (isBlock(part) ? inList(part, false) : !exits(part)));
  };
  /** Whether an expression may end the process, in a function written inside it too. */
  const exits = (expr: Expr): boolean => {
    let may = false;
    const visit = (inner: Expr): void => {
      if (inner.kind === 'function') walkStatements(facts.functions[inner.fn]?.statements ?? [], visit);
      if (inner.kind !== 'call') return;
      may ||= [inner.callee, ...inner.args].some((each) => endings.isEndFunction(each, fn));
      may ||= exitsFrom(calls.functions(inner.callee, path, fn), calls);
    };
    walkExpression(expr, visit);
    return may;
  };
  return inList(facts.functions[fn]?.statements ?? [], true) ? found : undefined;
}

function replacement([code, ...others]: readonly Expr[]): DroppedExit['code'] | undefined {
  if (!code) return '';
  if (others.length > 0 || code.kind !== 'literal') return undefined;
  return code.value === 0 ? '' : code.value === 1 ? 'process.exitCode = 1;' : undefined;
}
