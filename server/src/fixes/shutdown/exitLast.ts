import type { Fix } from '../../engine/types.ts';
import type { Statement } from '../../languages/source/facts.ts';
import type { Project } from '../../project/project.ts';
import type { AssessedPath } from '../../project/shutdown/assess.ts';
import { mayHang } from '../../project/shutdown/limits.ts';
import { beginsBefore } from '../../project/shutdown/order.ts';
import type { Step } from '../../project/shutdown/steps.ts';
import type { Unreachable } from '../../project/shutdown/unreachable.ts';
import type { FileEdits, TextEdit } from '../../text/edits.ts';
import { placeOf, statementThatIs } from '../source/statements.ts';
import { indentationAt } from '../textStyle.ts';
import { deadlineEdits } from './deadline.ts';
import { type HandlerCode, handlerCode, statementIn } from './handlerCode.ts';
import { linesEnd, linesStart, moveLines } from './moveLines.ts';
import { together } from './together.ts';

/** Moves an exit behind the work that it keeps from running: to the end of its block, or behind its `finally`. */
export function exitLast(
  project: Project,
  one: Pick<AssessedPath, 'path' | 'server'>,
  { work, exit }: Unreachable,
  ruleId: string,
): Fix[] {
  const code = handlerCode(project, exit.spot);
  const statement = code && statementThatIs(code.facts, code.fn.id, exit.spot.expr);
  const place = statement && placeOf(code.facts, code.fn.id, statement);
  if (!code || !place) return [];
  const own = statementIn(code, place.block, work);
  const edits = own
    ? toEndOfBlock(code, statement, place.block, own)
    : behindFinally(code, statement, place, work);
  const limit = limitFor(project, one, exit);
  if (!edits || !limit) return [];
  return [
    {
      ruleId,
      title: 'Exit behind this',
      // What has never run may throw: a person looks at it first.
      isSafe: false,
      isPreferred: true,
      edits: together([limit, new Map([[code.path, edits]])]),
    },
  ];
}

/** A timer for what may hang now that it is waited for; no edits where none is needed, `undefined` where none can be armed. */
function limitFor(
  project: Project,
  one: Pick<AssessedPath, 'path' | 'server'>,
  exit: Step,
): FileEdits | undefined {
  const { view } = one.path;
  const hanging = view.trace.steps.find((step) => beginsBefore(exit, step) && mayHang(step, view));
  return hanging && view.deadlines.length === 0 ? deadlineEdits(project, one, hanging) : new Map();
}

function toEndOfBlock(
  code: HandlerCode,
  exit: Statement,
  block: readonly Statement[],
  work: Statement,
): TextEdit[] | undefined {
  const behind = block.slice(block.indexOf(exit) + 1);
  const last = behind.at(-1);
  const isPlain = behind.every(({ kind }) => kind !== 'return' && kind !== 'throw' && kind !== 'jump');
  if (!last || !isPlain || !behind.includes(work)) return undefined;
  return moveLines(code, [exit], linesEnd(code, last));
}

/** Behind the whole `try`, which is left that way only when nothing has failed: one with a `catch` goes on after a failure. */
function behindFinally(
  code: HandlerCode,
  exit: Statement,
  { block, around }: NonNullable<ReturnType<typeof placeOf>>,
  work: Unreachable['work'],
): TextEdit[] | undefined {
  if (around?.kind !== 'try' || around.handler || around.body !== block || block.at(-1) !== exit)
    return undefined;
  if (!around.finalizer || !statementIn(code, around.finalizer, work)) return undefined;
  const [start, end, to] = [linesStart(code, exit), linesEnd(code, exit), linesEnd(code, around)];
  const [inner, outer] = [indentationAt(code.text, exit.start), indentationAt(code.text, around.start)];
  if (start === undefined || end === undefined || to === undefined) return undefined;
  if (inner === undefined || outer === undefined) return undefined;
  const lines = code.text.slice(start, end).replaceAll(new RegExp(`^${inner}`, 'gm'), outer);
  return [
    { start, end, newText: '' },
    { start: to, end: to, newText: lines },
  ];
}
