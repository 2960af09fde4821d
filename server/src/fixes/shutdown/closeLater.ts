import type { Fix } from '../../engine/types.ts';
import type { Statement } from '../../languages/source/facts.ts';
import { isBlock, partsOf } from '../../languages/source/walk.ts';
import type { Project } from '../../project/project.ts';
import type { AssessedPath } from '../../project/shutdown/assess.ts';
import { isRunOnce } from '../../project/shutdown/isolation.ts';
import { beginsBefore } from '../../project/shutdown/order.ts';
import type { Spot, Step } from '../../project/shutdown/steps.ts';
import type { FileEdits, TextEdit } from '../../text/edits.ts';
import { jumpsOut, usesOf } from '../source/scope.ts';
import { guardEdits } from './guard.ts';
import { type HandlerCode, handlerCode, statementIn } from './handlerCode.ts';
import { linesEnd, moveLines } from './moveLines.ts';
import { together } from './together.ts';
import { workOf } from './work.ts';

/** Moves what is closed too early behind the wait for the calls. */
export function closeLater(
  project: Project,
  { path, judgement }: AssessedPath,
  wait: Spot,
  ruleId: string,
): Fix[] {
  const { view } = path;
  const drain = view.drains.find(({ step }) => step.spot === wait)?.step;
  const code = handlerCode(project, workOf(project, path));
  if (!drain || !code) return [];
  const early = [
    ...view.closesMcp,
    ...view.cleanups.filter(({ effect }) => effect.kind === 'releases'),
  ].filter(
    ({ step, effect }) =>
      beginsBefore(step, drain) && !(effect.kind === 'releases' && effect.release.row.step !== 'data'),
  );
  const edits = movedBehind(
    code,
    code.fn.statements,
    early.map(({ step }) => step),
    drain,
  );
  if (!edits) return [];
  // A handler that waits can be run a second time meanwhile; of one that has waited before, that is told on its own.
  const isNew = judgement.kind === 'drains too late' && !isRunOnce(path);
  const guard = isNew ? guardEdits(project, path) : undefined;
  const parts: FileEdits[] = [...(guard ? [guard] : []), new Map([[code.path, edits]])];
  return [
    {
      ruleId,
      title: 'Close it behind the wait',
      // The wait becomes one: stopping takes as long as the calls do.
      isSafe: false,
      isPreferred: true,
      edits: together(parts),
    },
  ];
}

/** In the innermost block in which the steps and the wait are statements of their own; `undefined` where none is. */
function movedBehind(
  code: HandlerCode,
  block: readonly Statement[],
  steps: readonly Step[],
  wait: Step,
): TextEdit[] | undefined {
  const target = statementIn(code, block, wait);
  const moved = [...new Set(steps.map((step) => statementIn(code, block, step)))];
  if (!target || moved.length === 0) return undefined;
  if (moved.every((statement) => statement === target)) {
    for (const part of partsOf(target)) {
      const found = isBlock(part) ? movedBehind(code, part, steps, wait) : undefined;
      if (found) return found;
    }
    return undefined;
  }
  const to = linesEnd(code, target);
  const closes = moved.flatMap((statement) => statement ?? []);
  const all = closes.length < moved.length ? [] : withFollowers(code, block, closes, target);
  const edits = all.map((statement) => (canMove(statement) ? moveLines(code, [statement], to) : undefined));
  const isKnown = edits.length > 0 && !edits.includes(undefined);
  return isKnown && all.every(({ end }) => end <= target.start)
    ? edits.flatMap((each) => each ?? [])
    : undefined;
}

/** What stands between and has to do with the same variables comes along: `sessions.clear()` behind their close. */
function withFollowers(
  { facts }: HandlerCode,
  block: readonly Statement[],
  closes: readonly Statement[],
  target: Statement,
): Statement[] {
  const variables = (statement: Statement) =>
    usesOf(facts, [statement]).names.flatMap(({ binding }) =>
      /^(const|let|var|parameter)$/.test(facts.bindings[binding]?.kind ?? '') ? [binding] : [],
    );
  const moved: Statement[] = [];
  const used = new Set<number>();
  for (const statement of block.slice(0, block.indexOf(target))) {
    const own = variables(statement);
    if (!closes.includes(statement) && (moved.length === 0 || !own.some((each) => used.has(each)))) continue;
    moved.push(statement);
    for (const each of own) used.add(each);
  }
  return moved;
}

/** Nothing that follows depends on it. */
function canMove(statement: Statement): boolean {
  return statement.kind !== 'declare' && !jumpsOut([statement]);
}
