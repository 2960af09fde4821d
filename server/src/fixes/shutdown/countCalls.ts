import type { Fix } from '../../engine/types.ts';
import type { Expr } from '../../languages/source/facts.ts';
import { walkExpression } from '../../languages/source/walk.ts';
import type { Project } from '../../project/project.ts';
import type { AssessedPath } from '../../project/shutdown/assess.ts';
import type { Drain } from '../../project/shutdown/view.ts';
import { inlineEdits } from '../handler/inline.ts';
import { stateOfWait } from '../handler/runtime/callsFinished.ts';
import type { Insertion } from '../source/insertion.ts';
import { plannedFile } from '../source/plannedFile.ts';
import { countedFor } from './drainNeeds.ts';
import { functionCode, type HandlerCode, linesBefore, statementOf } from './handlerCode.ts';

/** Counts the requests that are not answered yet, and lets a wait for sessions wait for those. */
export function countCallsInstead(
  project: Project,
  one: AssessedPath,
  { step, subject }: Drain,
  ruleId: string,
): Fix[] {
  const condition = step.condition[0] ?? step.spot;
  const code = functionCode(project, condition);
  const into = plannedFile(project, condition.path);
  const counted = countedFor(project, [{ one, step }]);
  const wait = code && statementOf(code, step);
  // Calls that are answered on streams are counted by tools, which takes more than one number.
  if (!code || !into || !wait || !counted?.needs.http || counted.needs.tools || subject.kind !== 'sessions')
    return [];
  const sessions = sizeIn(condition.expr, subject.state.name, code);
  if (!sessions || !linesBefore(code, wait, '')) return [];
  const { needs, insertions } = counted;
  const own: Insertion[] = [
    { into, at: { before: wait }, code: 'stoppedAt = Date.now();' },
    { into, at: { replace: sessions }, code: 'answers.size' },
  ];
  const edits = inlineEdits({
    main: into,
    state: stateOfWait({ ...needs, isGuard: false }),
    functions: needs.http?.functions.join('\n\n') ?? '',
    imports: needs.http?.imports ?? [],
    insertions: [...insertions, ...own],
    named: [],
  });
  // Sessions are no longer waited for, and new calls are refused meanwhile.
  return edits
    ? [{ ruleId, title: 'Wait for the calls instead', isSafe: false, isPreferred: true, edits }]
    : [];
}

/** `transports.size`, `Object.keys(transports).length`: how many sessions there are. */
function sizeIn(condition: Expr, name: string, { text }: HandlerCode): Expr | undefined {
  let found: Expr | undefined;
  walkExpression(condition, (expr) => {
    if (expr.kind !== 'member' || !/^(size|length)$/.test(expr.property)) return;
    const object = text.slice(expr.object.start, expr.object.end);
    const [, inner = object] = /^Object\.(?:keys|values|entries)\((.+)\)$/.exec(object) ?? [];
    if (inner.replace(/^this\./, '') === name) found ??= expr;
  });
  return found;
}
