import { isCertain } from '../../project/shutdown/order.ts';
import type { PathView } from '../../project/shutdown/view.ts';
import type { FileEdits, TextEdit } from '../../text/edits.ts';
import { inStyle } from '../codeStyle.ts';
import { usesOf } from '../source/scope.ts';
import { lineStart, startWithComments } from '../textStyle.ts';
import { type HandlerCode, linesAtTop } from './handlerCode.ts';

const names = ['isStopping', 'isShuttingDown', 'hasStopped', 'shutdownBegun'];

/**
 * A field beside a method, asked and set first. `undefined` where the object may go on after the method, and be stopped
 * once more, or where there is no place for a field.
 */
export function methodGuardEdits(code: HandlerCode, view: PathView): FileEdits | undefined {
  const { facts, fn, text, path } = code;
  const cls = facts.classes[fn.ownerClass];
  const member = cls?.members.find((each) => each.fn === fn.id);
  if (!cls || !member || member.isStatic || member.name === 'constructor') return undefined;
  // A method that does not name its object may be called without one.
  if (!usesOf(facts, fn.statements).usesThis || !endsProcess(code, view)) return undefined;
  const free = names.find((name) => !new RegExp(`\\b${name}\\b`).test(text));
  const own = text.slice(cls.range.start, cls.range.end);
  const isHash = /^\s*#\w+/m.test(own);
  const declared = free && fieldEdit(code, `${isHash ? '#' : '‹private ›'}${free} = false;`);
  const field = isHash ? `#${free}` : free;
  const asked = linesAtTop(code, `if (this.${field}) return;\nthis.${field} = true;`);
  if (!declared || !asked || declared.start >= asked.start) return undefined;
  return new Map([[path, [declared, asked]]]);
}

/** Whether the method comes to an exit in any case: then nothing can start the object again. */
function endsProcess({ path, fn }: HandlerCode, { exits }: PathView): boolean {
  return exits.some(
    (exit) =>
      !exit.isOnError &&
      isCertain(exit) &&
      [...exit.via, exit.spot].some((spot) => spot.path === path && spot.fn === fn.id),
  );
}

/** A line behind the last field that stands above the first method, or at the top of the class. */
function fieldEdit({ facts, fn, text, style }: HandlerCode, template: string): TextEdit | undefined {
  const methods = facts.classes[fn.ownerClass]?.members.flatMap((member) => facts.functions[member.fn] ?? []);
  const first = Math.min(...(methods ?? []).map(({ nameRange, range }) => (nameRange ?? range).start));
  const line = lineStart(text, first);
  const indent = /^[ \t]+/.exec(text.slice(line, first))?.[0];
  if (indent === undefined) return undefined;
  const above = text.slice(0, startWithComments(text, line));
  const at = above.trimEnd().length;
  const isTop = above[at - 1] === '{';
  // Between a decorator and what it decorates there is no place.
  if (/^[ \t]*@/m.test(above.slice(facts.classes[fn.ownerClass]?.range.start))) return undefined;
  const field = inStyle(template, style, indent);
  return { start: at, end: at, newText: style.newline + field + (isTop ? style.newline : '') };
}
