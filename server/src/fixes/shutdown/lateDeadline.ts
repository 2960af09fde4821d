import type { Fix } from '../../engine/types.ts';
import type { Statement } from '../../languages/source/facts.ts';
import type { Project } from '../../project/project.ts';
import { lateDeadline } from '../../project/shutdown/limits.ts';
import type { PathView } from '../../project/shutdown/view.ts';
import { usesOf } from '../source/scope.ts';
import { placeOf, statementAround } from '../source/statements.ts';
import { type HandlerCode, handlerCode, statementIn } from './handlerCode.ts';
import { firstToHang } from './hanging.ts';
import { linesStart, moveLines } from './moveLines.ts';

/** Moves the timer that forces the exit up, in front of the first step that may hang. */
export function armEarlier(project: Project, view: PathView, ruleId: string): Fix[] {
  const late = lateDeadline(view);
  const code = late && handlerCode(project, late.deadline.timer.spot);
  if (!late || !code) return [];
  const { spot } = late.deadline.timer;
  const timer = statementAround(code.facts, spot.fn, spot.expr);
  const block = timer && placeOf(code.facts, spot.fn, timer)?.block;
  const hanging = firstToHang(view, late.awaited);
  const target = block && statementIn(code, block, hanging);
  if (!block || !timer || !target || target.start >= timer.start) return [];
  const moved = [timer, ...behind(code, block, timer)];
  const between = block.slice(block.indexOf(target), block.indexOf(timer));
  if (moved.some((statement) => needs(code, statement, between))) return [];
  const edits = moveLines(code, moved, linesStart(code, target));
  if (!edits) return [];
  const isOnlyCleanup = hanging === late.awaited;
  return [
    {
      ruleId,
      title: 'Arm the timer before what may hang',
      // In front of a wait for calls it would cut off calls that were waited for as long as they took.
      isSafe: isOnlyCleanup,
      isPreferred: true,
      edits: new Map([[code.path, edits]]),
    },
  ];
}

/** `timer.unref()` right behind `const timer = setTimeout(...)`. */
function behind({ facts }: HandlerCode, block: readonly Statement[], timer: Statement): Statement[] {
  if (timer.kind !== 'declare') return [];
  const [binding] = timer.bindings;
  const next = block[block.indexOf(timer) + 1];
  if (next?.kind !== 'expression' || next.expr.kind !== 'call') return [];
  const { callee } = next.expr;
  const isUnref = callee.kind === 'member' && callee.property === 'unref' && callee.object.kind === 'name';
  return isUnref && callee.object.kind === 'name' && facts.bindings[callee.object.binding]?.id === binding
    ? [next]
    : [];
}

/** Whether a statement, or a function in it, names what one of the others declares. */
function needs({ facts }: HandlerCode, moved: Statement, others: readonly Statement[]): boolean {
  const declared = new Set(others.flatMap((one) => (one.kind === 'declare' ? one.bindings : [])));
  return usesOf(facts, [moved]).names.some(({ binding }) => declared.has(binding));
}
