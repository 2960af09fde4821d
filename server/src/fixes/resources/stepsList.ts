import type { Expr, SourceFacts } from '../../languages/source/facts.ts';
import type { Project } from '../../project/project.ts';
import { type ShutdownStep, shutdownSteps } from '../../project/resources/row.ts';
import type { McpServer } from '../../project/server.ts';
import { insertAt, type TextEdit } from '../../text/edits.ts';
import { codeStyleOf, inStyle } from '../codeStyle.ts';
import { editsOf } from '../source/insertion.ts';
import { callsIn, type PlannedFile, plannedFile } from '../source/plannedFile.ts';
import { endWithComment } from '../textStyle.ts';

type ArrayExpr = Extract<Expr, { kind: 'array' }>;

/** The list of steps that the full handler is given: `stopOnSignals([['pool', () => pool.end()]])`. */
export interface StepsList extends PlannedFile {
  readonly list: ArrayExpr;
}

/** The one list of a server; `undefined` where there is none, or several, or it is not written out. */
export function stepsListOf(project: Project, { execution }: McpServer): StepsList | undefined {
  const found: StepsList[] = [];
  for (const [path, functions] of execution.live) {
    const planned = plannedFile(project, path);
    for (const fn of planned ? functions : []) {
      const list = planned && listIn(planned.facts, fn);
      if (list) found.push({ ...planned, list });
    }
  }
  return found.length === 1 ? found[0] : undefined;
}

function listIn(facts: SourceFacts, fn: number): ArrayExpr | undefined {
  for (const { callee, args } of callsIn(facts, fn)) {
    const [list] = args;
    if (callee.kind !== 'name' || callee.name !== 'stopOnSignals' || list?.kind !== 'array') continue;
    return list.elements.length > 0 && list.elements.every(isStep) ? list : undefined;
  }
  return undefined;
}

function isStep(element: Expr): boolean {
  return element.kind === 'array' && element.elements.length === 2 && nameOf(element) !== undefined;
}

function nameOf(element: Expr): string | undefined {
  const [name] = element.kind === 'array' ? element.elements : [];
  return name?.kind === 'literal' && typeof name.value === 'string' ? name.value : undefined;
}

/** A step more, in front of those that come later: the telemetry, the logger. */
export function stepAdded(
  into: StepsList,
  { held }: McpServer,
  step: ShutdownStep,
  element: { readonly comments: readonly string[]; readonly code: string },
): TextEdit {
  const { file, facts, list } = into;
  const rank = (one: Expr) => {
    const row = held.find(({ what }) => what === nameOf(one))?.row;
    return row ? shutdownSteps.indexOf(row.step) : -1;
  };
  let at = list.elements.length;
  while (at > 0 && rank(list.elements[at - 1]!) > shutdownSteps.indexOf(step)) at -= 1;
  const style = codeStyleOf(file.path, file.text, facts);
  const [first] = list.elements;
  const own = /[\r\n]([ \t]*)$/.exec(file.text.slice(list.start, first?.start));
  const isOnLines = own !== null || element.comments.length > 0;
  const indent = own?.[1] ?? style.indent;
  const separator = isOnLines ? style.newline + indent : ' ';
  const lines = [...element.comments, element.code].map((line) => inStyle(line, style)).join(separator);
  const later = list.elements[at];
  const last = list.elements[at - 1];
  if (later) {
    const code = [...element.comments, `${element.code},`].join('\n');
    const [above] = editsOf({ into, at: { before: later }, code }) ?? [];
    return above ?? insertAt(later.start, `${lines},${separator}`);
  }
  // Behind the comma that the last one has, and behind the comment that ends its line.
  const comma = /^[ \t]*,/.exec(file.text.slice(last?.end))?.[0] ?? '';
  const end = (last?.end ?? list.end - 1) + comma.length;
  const code = `${separator}${lines}${comma}`;
  if (comma !== '') return insertAt(endWithComment(file.text, end), code);
  return insertAt(end, `,${code}`);
}
