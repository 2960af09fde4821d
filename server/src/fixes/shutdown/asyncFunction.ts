import type { TextEdit } from '../../text/edits.ts';
import type { HandlerCode } from './handlerCode.ts';

/** What makes a function async; `[]` where it is, `undefined` where it is of another shape. */
export function asyncEdits({ fn, text }: HandlerCode): TextEdit[] | undefined {
  if (fn.isAsync) return [];
  const { start } = fn.range;
  const head = text.slice(start, fn.body.start);
  const result = /\)\s*:\s*([^()]+?)\s*(=>\s*)?$/.exec(head);
  const at = fn.isArrow ? 0 : head.search(/\bfunction\b(?!\s*\*)/);
  if (fn.ownerClass >= 0 || at < 0 || (result && result[1] !== 'void')) return undefined;
  const edits: TextEdit[] = [{ start: start + at, end: start + at, newText: 'async ' }];
  if (result) {
    const from = start + result.index + result[0].indexOf('void');
    edits.push({ start: from, end: from + 'void'.length, newText: 'Promise<void>' });
  }
  return edits;
}
