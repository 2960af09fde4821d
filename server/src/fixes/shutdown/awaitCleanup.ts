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
import { indentationAt } from '../textStyle.ts';
import { asyncEdits } from './asyncFunction.ts';
import { closeBehindCalls, endOfConnections } from './closeBehindCalls.ts';
import { deadlineEdits } from './deadline.ts';
import { areExclusive, onSigint } from './ending.ts';
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
  judgement: NotAwaited,
): { isSafe: boolean; edits: FileEdits } | undefined {
  const { action } = judgement;
  const { path } = one;
  const own = awaitingEdits(project, one, judgement);
  if (!own) return undefined;
  const behind = action.effect.kind === 'closes-listener' ? behindCalls(project, one, judgement) : undefined;
  if (behind) return { isSafe: false, edits: behind };
  const hasLimit = hasLimitBefore(one, action);
  const parts: FileEdits[] = [];
  if (!isRunOnce(path)) parts.push(guardEdits(project, path) ?? new Map());
  if (action.effect.kind === 'closes-listener' && !hasLimit && !endOfConnections(path.view)) {
    const armed = deadlineEdits(project, one, action.step);
    if (!armed) return undefined;
    parts.push(armed);
  }
  return { isSafe: parts.length === 0 && hasLimit, edits: together([...parts, own]) };
}

/** Here and in handlers of SIGINT with the same mistake: the close of the listener, behind a wait for the calls. */
function behindCalls(project: Project, one: AssessedPath, judgement: NotAwaited): FileEdits | undefined {
  const others = onSigint(one.server).flatMap((other) => {
    const { judgement: also } = other;
    if (also.kind !== 'does not await' || also.action.effect.kind !== 'closes-listener') return [];
    if (also.action.step.call === judgement.action.step.call) return [];
    return nameOf(also.action.step) === nameOf(judgement.action.step) && !areExclusive(one, other)
      ? [{ one: other, judgement: also }]
      : [];
  });
  const only = [{ one, judgement }];
  for (const all of others.length > 0 ? [[...only, ...others], only] : [only]) {
    const waited = closeBehindCalls(
      project,
      all.map((each) => ({ one: each.one, action: each.judgement.action })),
    );
    const own = all.map((each) => awaitingEdits(project, each.one, each.judgement, waited));
    if (waited && !own.includes(undefined)) return together([waited, ...own.flatMap((edits) => edits ?? [])]);
  }
  return undefined;
}

/**
 * The edits that make a handler wait for what it closes.
 * @param others edits that may make it async already
 */
function awaitingEdits(
  project: Project,
  one: AssessedPath,
  { action, exit }: NotAwaited,
  others?: FileEdits,
): FileEdits | undefined {
  const work = workOf(project, one.path);
  const code = handlerCode(project, work);
  const { spot } = action.step;
  if (!code || spot.path !== work.path || spot.fn !== work.fn) return undefined;
  const [close, end] = [statementOf(code, action.step), statementOf(code, exit)];
  const own = close && end && close.start <= end.start ? awaitEdits(code, action) : undefined;
  // A timer that is armed later would never be, if what is waited for now hangs.
  if (!own || (!hasLimitBefore(one, action) && one.path.view.deadlines.length > 0)) return undefined;
  const known = others?.get(code.path) ?? [];
  const isKnown = (edit: TextEdit) =>
    known.some(({ start, newText }) => start === edit.start && newText === edit.newText);
  return new Map([[code.path, own.filter((edit) => !isKnown(edit))]]);
}

function hasLimitBefore({ path: { view } }: AssessedPath, { step }: Action): boolean {
  return view.deadlines.some(({ timer }) => beginsBefore(timer, step));
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
  const [, listener] = /^([\w$.]+)\?\.\w+$/.exec(callee) ?? [];
  if (call.args.length > 0 || (callee.includes('?.') && !listener)) return undefined;
  const condition = listener ? `if (${listener}) ` : '';
  if (condition && indentationAt(text, start) === undefined) return undefined;
  const newText = `${condition}await new Promise((resolve) => ${callee}(resolve))`;
  return [...asynchronous, { start, end: call.end, newText }];
}

function withoutVoid(expr: Expr): Expr {
  return expr.kind === 'unary' && expr.operator === 'void' ? withoutVoid(expr.operand) : expr;
}
