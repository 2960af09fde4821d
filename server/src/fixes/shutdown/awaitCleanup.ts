import type { Fix } from '../../engine/types.ts';
import type { Expr } from '../../languages/source/facts.ts';
import type { Project } from '../../project/project.ts';
import type { AssessedPath } from '../../project/shutdown/assess.ts';
import { isRunOnce } from '../../project/shutdown/isolation.ts';
import type { Judgement } from '../../project/shutdown/judgement.ts';
import { beginsBefore, isOverBefore } from '../../project/shutdown/order.ts';
import { type Action, nameOf } from '../../project/shutdown/view.ts';
import type { FileEdits, TextEdit } from '../../text/edits.ts';
import { statementAround } from '../source/statements.ts';
import { asyncEdits } from './asyncFunction.ts';
import { deadlineEdits } from './deadline.ts';
import { orFullHandler } from './fullHandler.ts';
import { guardEdits } from './guard.ts';
import { type HandlerCode, handlerCode, statementOf } from './handlerCode.ts';
import { together } from './together.ts';
import { workOf } from './work.ts';

type NotAwaited = Extract<Judgement, { kind: 'does not await' }>;

/** Awaits the clean-up that a handler starts before it exits. */
export function awaitCleanup(
  project: Project,
  one: AssessedPath,
  judgement: NotAwaited,
  ruleId: string,
): Fix[] {
  const found = letsCallsFinish(one, judgement) ? editsFor(project, one, judgement) : undefined;
  const small: Fix[] = found
    ? [{ ruleId, title: 'Wait until it is closed', isPreferred: true, ...found }]
    : [];
  return orFullHandler(small, project, one.server, ruleId);
}

/** Whether the calls are over when the clean-up is: else waiting for it would be the next mistake. */
function letsCallsFinish({ path: { view } }: AssessedPath, { action, exit }: NotAwaited): boolean {
  if (action.effect.kind === 'closes-listener') return true;
  return view.drains.some(
    ({ step, subject }) =>
      subject.kind !== 'nothing' && isOverBefore(step, exit) && beginsBefore(step, action.step),
  );
}

function editsFor(
  project: Project,
  one: AssessedPath,
  { action, exit }: NotAwaited,
): { isSafe: boolean; edits: FileEdits } | undefined {
  const { path } = one;
  const work = workOf(project, path);
  const code = handlerCode(project, work);
  const { spot } = action.step;
  if (!code || spot.path !== work.path || spot.fn !== work.fn) return undefined;
  const [close, end] = [statementOf(code, action.step), statementOf(code, exit)];
  const own = close && end && close.start <= end.start ? awaitEdits(code, action) : undefined;
  if (!own) return undefined;
  const hasLimit = path.view.deadlines.some(({ timer }) => beginsBefore(timer, action.step));
  // A timer that is armed later would never be, if what is waited for now hangs.
  if (!hasLimit && path.view.deadlines.length > 0) return undefined;
  const parts: FileEdits[] = [];
  if (!isRunOnce(path)) parts.push(guardEdits(project, path) ?? new Map());
  if (action.effect.kind === 'closes-listener' && !hasLimit && !endsConnections(one)) {
    const armed = deadlineEdits(project, one, action.step);
    if (!armed) return undefined;
    parts.push(armed);
  }
  return {
    isSafe: parts.length === 0 && hasLimit,
    edits: together([...parts, new Map([[code.path, own]])]),
  };
}

function endsConnections({ path: { view } }: AssessedPath): boolean {
  return view.actions.some(
    ({ effect, step }) => effect.kind === 'ends-connections' && /All/.test(nameOf(step)),
  );
}

function awaitEdits(code: HandlerCode, { step, effect }: Action): TextEdit[] | undefined {
  const { text, facts, fn } = code;
  const { call } = step;
  const statement = statementAround(facts, fn.id, call);
  if (statement?.kind !== 'expression' || withoutVoid(statement.expr) !== call) return undefined;
  const asynchronous = asyncEdits(code);
  if (!asynchronous) return undefined;
  const { start } = statement.expr;
  if (effect.kind !== 'closes-listener' || effect.settles === 'promise')
    return [...asynchronous, { start, end: call.start, newText: 'await ' }];
  const callee = text.slice(call.callee.start, call.callee.end);
  // Without a listener nothing would call back.
  if (call.args.length > 0 || callee.includes('?.')) return undefined;
  const newText = `await new Promise((resolve) => ${callee}(resolve))`;
  return [...asynchronous, { start, end: call.end, newText }];
}

function withoutVoid(expr: Expr): Expr {
  return expr.kind === 'unary' && expr.operator === 'void' ? withoutVoid(expr.operand) : expr;
}
