import type { Statement } from '../../languages/source/facts.ts';
import { insertAt, type TextEdit } from '../../text/edits.ts';
import { codeStyleOf, inStyle } from '../codeStyle.ts';
import { asyncEdits } from '../shutdown/asyncFunction.ts';
import type { HandlerCode } from '../shutdown/handlerCode.ts';
import { isOnlyListener } from '../shutdown/waitPlace.ts';
import { editsOf } from '../source/insertion.ts';
import { lineStart } from '../textStyle.ts';
import type { ExitPlace } from './exitPlace.ts';

/**
 * Lines in front of the exit, or of a later step in front of it: `.then(() => process.exit(0))` gets a block for them,
 * and a function becomes async where they wait. `undefined` where there is no room.
 */
export function linesAtExit(place: ExitPlace, before: Statement, template: string): TextEdit[] | undefined {
  const { file, facts, fn } = place;
  const code: HandlerCode | undefined = facts.functions[fn] && {
    path: file.path,
    text: file.text,
    facts,
    fn: facts.functions[fn],
    style: codeStyleOf(file.path, file.text, facts),
  };
  const asynchronous = code && /\bawait\b/.test(template) ? asyncEdits(code) : [];
  const lines =
    before.kind === 'return' && code
      ? bracedBody(code, template)
      : editsOf({ into: place, at: { before }, code: template });
  return asynchronous && lines && [...asynchronous, ...lines];
}

/** Whether a function can wait: it does, or nobody depends on its being over when it returns. */
export function mayWait(code: HandlerCode): boolean {
  return code.fn.isAsync || (isOnlyListener(code) && asyncEdits(code) !== undefined);
}

/** The body of an arrow function becomes the last statement of a block. */
function bracedBody({ text, fn, style }: HandlerCode, template: string): TextEdit[] {
  const { start, end } = fn.body;
  const outer = /^[ \t]*/.exec(text.slice(lineStart(text, start)))?.[0] ?? '';
  const inner = outer + style.indent;
  const { newline, semicolons } = style;
  return [
    insertAt(start, `{${newline}${inStyle(template, style, inner)}${newline}${inner}`),
    insertAt(end, `${semicolons ? ';' : ''}${newline}${outer}}`),
  ];
}
