import type { Fix } from '../../engine/types.ts';
import type { Expr, SourceFacts, Statement } from '../../languages/source/facts.ts';
import { walkStatements } from '../../languages/source/walk.ts';
import type { Project } from '../../project/project.ts';
import type { SignalListener } from '../../project/signals.ts';
import type { TextEdit } from '../../text/edits.ts';
import { indentationAt } from '../textStyle.ts';
import { plannedFile } from './plannedFile.ts';
import { type Place, placeOf, statementThatIs } from './statements.ts';

/** Takes signals out of a registration: all of it where it has no others, else their names out of the list. */
export function removeRegistration(
  project: Project,
  listener: SignalListener,
  signals: readonly string[],
  ruleId: string,
): Fix[] {
  const into = plannedFile(project, listener.path);
  if (!into) return [];
  const { file, facts } = into;
  const isAll = listener.signals.every((signal) => signals.includes(signal));
  const edits = isAll ? withoutStatement(file.text, facts, listener) : withoutNames(facts, signals);
  if (!edits) return [];
  const title = isAll ? 'Remove the registration' : `Remove ${signals.join(' and ')} from the list`;
  return [{ ruleId, title, isSafe: true, isPreferred: true, edits: new Map([[listener.path, edits]]) }];
}

function withoutStatement(
  text: string,
  facts: SourceFacts,
  listener: SignalListener,
): TextEdit[] | undefined {
  const statement = statementThatIs(facts, listener.fn, listener.call);
  if (!statement || listener.call.args[0]?.kind !== 'literal') return undefined;
  const place = placeOf(facts, listener.fn, statement);
  if (!place || isOnlyStatement(text, place, statement)) return undefined;
  return [{ ...wholeLines(text, statement), newText: '' }];
}

/** `if (x) process.on(...)` without braces needs a statement. */
function isOnlyStatement(text: string, { block, around }: Place, { start }: Statement): boolean {
  if (block.length > 1 || (around?.kind !== 'if' && around?.kind !== 'loop')) return false;
  return !text.slice(around.start, start).trimEnd().endsWith('{');
}

/** A statement that has its lines for itself goes with them, and with the comment behind it. */
function wholeLines(text: string, { start, end }: Statement): { start: number; end: number } {
  const indent = indentationAt(text, start);
  const after = /^[ \t]*(\/\/[^\r\n]*)?(\r\n|\n|\r|$)/.exec(text.slice(end));
  if (indent === undefined || !after) return { start, end };
  return { start: start - indent.length, end: end + after[0].length };
}

/** The names go from the one list of the file that has them. */
function withoutNames(facts: SourceFacts, signals: readonly string[]): TextEdit[] | undefined {
  const lists: Extract<Expr, { kind: 'array' }>[] = [];
  for (const { statements } of facts.functions) {
    walkStatements(statements, (expr) => {
      if (expr.kind === 'array' && expr.elements.some((element) => isOneOf(element, signals)))
        lists.push(expr);
    });
  }
  const [list, ...others] = lists;
  if (!list || others.length > 0) return undefined;
  return list.elements.flatMap((element, index) => {
    if (!isOneOf(element, signals)) return [];
    const [before, next] = [list.elements[index - 1], list.elements[index + 1]];
    if (next) return [{ start: element.start, end: next.start, newText: '' }];
    return [{ start: before?.end ?? element.start, end: element.end, newText: '' }];
  });
}

function isOneOf(expr: Expr, signals: readonly string[]): boolean {
  return expr.kind === 'literal' && signals.some((signal) => signal === expr.value);
}
