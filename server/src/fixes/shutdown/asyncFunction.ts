import type { TextEdit } from '../../text/edits.ts';
import type { HandlerCode } from './handlerCode.ts';

/** What makes a function async; `[]` where it is, `undefined` where it is of another shape. */
export function asyncEdits(code: HandlerCode): TextEdit[] | undefined {
  const { fn, text } = code;
  if (fn.isAsync) return [];
  const head = text.slice(fn.range.start, fn.body.start);
  const at = fn.isArrow ? 0 : head.search(/\bfunction\b(?!\s*\*)/);
  return fn.ownerClass >= 0 || at < 0 ? undefined : asyncAt(code, fn.range.start + at);
}

/** The same of a method that a framework calls and waits for, whatever it returns. */
export function asyncMethodEdits(code: HandlerCode): TextEdit[] | undefined {
  const { fn, text } = code;
  if (fn.isAsync) return [];
  const at = fn.nameRange?.start;
  const isPlain = at !== undefined && !fn.isArrow && !/(\*|\b[gs]et)\s*$/.test(text.slice(0, at));
  return isPlain ? asyncAt(code, at) : undefined;
}

function asyncAt({ fn, text }: HandlerCode, at: number): TextEdit[] | undefined {
  const { start } = fn.range;
  const result = /\)\s*:\s*([^()]+?)\s*(=>\s*)?$/.exec(text.slice(start, fn.body.start));
  if (result && result[1] !== 'void') return undefined;
  const edits: TextEdit[] = [{ start: at, end: at, newText: 'async ' }];
  if (result) {
    const from = start + result.index + result[0].indexOf('void');
    edits.push({ start: from, end: from + 'void'.length, newText: 'Promise<void>' });
  }
  return edits;
}
