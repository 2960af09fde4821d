import type { FunctionFact } from '../../languages/source/facts.ts';
import { walkStatements } from '../../languages/source/walk.ts';
import { insertAt, type TextEdit } from '../../text/edits.ts';
import { codeStyleOf } from '../codeStyle.ts';
import type { PlannedFile } from '../source/plannedFile.ts';
import { endWithComment, indentationAt } from '../textStyle.ts';
import { bindingsNamed, isWithin } from './scopes.ts';

const limitMs = '30_000';

/**
 * Runs a handler's body under a time limit, with a signal of its own that it calls `signal`; `undefined` where the
 * body has a shape that cannot be wrapped.
 * @param callSignal the expression by which the handler has the signal of the call
 * @param isUsed whether the body is given uses of `signal`
 */
export function limited(
  into: PlannedFile,
  handler: FunctionFact,
  callSignal: string,
  isUsed: boolean,
): TextEdit[] | undefined {
  const { facts, file } = into;
  const own = new Set(handler.parameters.flatMap(({ bindings }) => bindings));
  const inside = bindingsNamed(facts, 'signal').filter(({ owner }) => isWithin(facts, owner, handler.id));
  if (inside.some(({ id }) => !own.has(id)) || !answersLater(into, handler)) return undefined;
  const uses = callSignal === 'signal' ? [] : usesOf(callSignal, into, handler);
  const isNamed = isUsed || uses.length > 0 || inside.length > 0;
  const open = `withTimeLimit(${limitMs}, ${callSignal}, async (${isNamed ? 'signal' : ''}) => `;
  const { body } = handler;
  if (handler.isArrow) return [insertAt(body.start, open), ...uses, insertAt(body.end, ')')];
  const style = codeStyleOf(file.path, file.text, facts);
  const lines = linesInside(into, handler);
  const indent = indentationAt(file.text, lineStart(file.text, body.end - 1));
  if (file.text[body.start] !== '{' || lines === undefined || indent === undefined) return undefined;
  const outer = /^[ \t]*/.exec(file.text.slice(lineStart(file.text, body.end - 1)))?.[0] ?? '';
  const [inner, semicolon] = [outer + style.indent, style.semicolons ? ';' : ''];
  return [
    insertAt(endWithComment(file.text, body.start + 1), `${style.newline}${inner}return ${open}{`),
    ...uses,
    ...lines.map((at) => insertAt(at, style.indent)),
    insertAt(lineStart(file.text, body.end - 1), `${inner}})${semicolon}${style.newline}`),
  ];
}

/** Whether a handler may answer with a promise: it does, or no type says otherwise. */
function answersLater(
  { file: { text } }: PlannedFile,
  { isAsync, parametersEnd, body }: FunctionFact,
): boolean {
  return isAsync || !/\)\s*:(?!.*\bPromise\b)/s.test(text.slice(parametersEnd, body.start));
}

/** Uses of the call's own signal are to hear of the limit too. */
function usesOf(
  callSignal: string,
  { file: { text }, facts }: PlannedFile,
  handler: FunctionFact,
): TextEdit[] {
  const found: TextEdit[] = [];
  for (const { id, statements } of facts.functions) {
    if (!isWithin(facts, id, handler.id)) continue;
    walkStatements(statements, ({ kind, start, end }) => {
      if (kind !== 'member' || text.slice(start, end) !== callSignal) return true;
      found.push({ start, end, newText: 'signal' });
      return false;
    });
  }
  return found;
}

/** Where the lines of a body start that may be moved in: not those inside a text of several lines. */
function linesInside(
  { file: { text }, facts }: PlannedFile,
  { id, body }: FunctionFact,
): number[] | undefined {
  const first = text.indexOf('\n', body.start);
  const last = lineStart(text, body.end - 1);
  if (first < 0 || first >= last) return undefined;
  const texts: { start: number; end: number }[] = [];
  for (const { id: fn, statements } of facts.functions) {
    if (!isWithin(facts, fn, id)) continue;
    walkStatements(statements, (expr) => {
      if (expr.kind === 'template' || expr.kind === 'literal' || expr.kind === 'other') {
        if (text.slice(expr.start, expr.end).includes('`')) texts.push(expr);
      }
    });
  }
  const starts: number[] = [];
  for (let at = first + 1; at < last; at = text.indexOf('\n', at) + 1) {
    const isBlank = /^[ \t]*\r?\n/.test(text.slice(at));
    if (!isBlank && !texts.some(({ start, end }) => start < at && at < end)) starts.push(at);
  }
  return starts;
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}
