import type { FunctionFact, SourceFacts, Statement } from '../../languages/source/facts.ts';
import type { Project } from '../../project/project.ts';
import type { Step } from '../../project/shutdown/steps.ts';
import type { FunctionRef } from '../../project/value.ts';
import type { TextEdit } from '../../text/edits.ts';
import { type CodeStyle, codeStyleOf, inStyle } from '../codeStyle.ts';
import { plannedFile } from '../source/plannedFile.ts';
import { indentationAt, lineStart, startWithComments } from '../textStyle.ts';

/** A function of a shutdown path that has a block of its own, and lines in it that can be edited. */
export interface HandlerCode {
  readonly path: string;
  readonly text: string;
  readonly facts: SourceFacts;
  readonly fn: FunctionFact;
  readonly style: CodeStyle;
}

/** `undefined` where the file does not parse, or the function is an arrow function without a block. */
export function handlerCode(project: Project, ref: FunctionRef): HandlerCode | undefined {
  const code = functionCode(project, ref);
  return code && (code.fn.id === 0 || code.text[code.fn.body.start] === '{') ? code : undefined;
}

/** The same of any function; `undefined` where the file does not parse. */
export function functionCode(project: Project, { path, fn }: FunctionRef): HandlerCode | undefined {
  const planned = plannedFile(project, path);
  const fact = planned?.facts.functions[fn];
  if (!planned || !fact) return undefined;
  const { text } = planned.file;
  return { path, text, facts: planned.facts, fn: fact, style: codeStyleOf(path, text, planned.facts) };
}

/** The statement directly in the function's block in which a step of its path begins, here or in what it calls. */
export function statementOf(code: HandlerCode, step: Step): Statement | undefined {
  return statementIn(code, code.fn.statements, step);
}

/** The statement of one of the function's blocks in which a step of its path begins, here or in what it calls. */
export function statementIn(
  { path }: HandlerCode,
  block: readonly Statement[],
  { via, spot }: Step,
): Statement | undefined {
  for (const { path: file, expr } of [...via, spot]) {
    if (file !== path) continue;
    const found = block.find(({ start, end }) => start <= expr.start && expr.end <= end);
    if (found) return found;
  }
  return undefined;
}

/** An edit that puts lines in front of a statement and the comments above it; `undefined` where it shares its line. */
export function linesBefore(
  { text, style }: HandlerCode,
  { start }: { start: number },
  template: string,
): TextEdit | undefined {
  const indent = indentationAt(text, start);
  if (indent === undefined) return undefined;
  const at = startWithComments(text, start - indent.length);
  return { start: at, end: at, newText: inStyle(template, style, indent) + style.newline };
}

/** An edit that puts lines at the top of the function's block. */
export function linesAtTop(code: HandlerCode, template: string): TextEdit | undefined {
  const [first] = code.fn.statements;
  const open = code.fn.body.start + 1;
  if (first) {
    const own = linesBefore(code, first, template);
    return own && own.start > open ? own : onOneLine(open, template);
  }
  const { text, style, fn } = code;
  if (text.slice(open, fn.body.end - 1).trim() !== '') return undefined;
  const outer = /^[ \t]*/.exec(text.slice(lineStart(text, fn.body.start)))?.[0] ?? '';
  const body = inStyle(template, style, outer + style.indent);
  return { start: open, end: fn.body.end - 1, newText: style.newline + body + style.newline + outer };
}

/** `{ stop(); }` keeps its one line. */
function onOneLine(open: number, template: string): TextEdit | undefined {
  if (template.includes('//')) return undefined;
  return { start: open, end: open, newText: ` ${template.replace(/‹[^›]*›/g, '').replaceAll('\n', ' ')}` };
}

/** The end of the line that a statement ends on, its line ending included; `undefined` where more code follows on it. */
export function lineEndAfter(text: string, end: number): number | undefined {
  const rest = /^;?[ \t]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*\*\/[ \t]*)?(?:\r\n|\n|\r|$)/.exec(text.slice(end));
  return rest ? end + rest[0].length : undefined;
}
