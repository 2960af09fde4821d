import { writtenName } from '../../languages/source/names.ts';
import type { CallExpr, Program } from '../../project/program.ts';
import type { Project } from '../../project/project.ts';
import type { UncancelledCall } from '../../project/tools/cancellation.ts';
import { insertAt, type TextEdit } from '../../text/edits.ts';
import type { ImportLine } from '../source/imports.ts';
import { callsIn, type PlannedFile, plannedFile } from '../source/plannedFile.ts';
import { giveSignal } from './giveSignal.ts';

/** A call that the signal of its tool reaches now. */
export interface Reached {
  readonly edits: readonly TextEdit[];
  readonly imports: readonly ImportLine[];
  /** Whether it names the function `untilAborted`, which its file has to have. */
  readonly isRaced: boolean;
}

/** Lets a signal end a call, or the wait for it; `undefined` where that cannot be had, or would not be right. */
export function cancelled(
  { path, fn, call, cancellable }: UncancelledCall,
  signal: string,
  project: Project,
  program: Program,
): Reached | undefined {
  const into = plannedFile(project, path);
  if (!into) return undefined;
  const { text } = into.file;
  if (cancellable.signal === 'race') {
    if (!cancellable.endsByItself) return undefined;
    return cancellable.isCallback ? asSleep(call, fn, into, signal) : raced(call, signal);
  }
  if (cancellable.isCallback && !tellsOfErrors(call, path, fn, program)) return undefined;
  const edits = giveSignal(call, cancellable, text, signal);
  return edits && { edits, imports: [], isRaced: false };
}

function raced({ start, end }: CallExpr, signal: string): Reached {
  return {
    edits: [insertAt(start, 'untilAborted('), insertAt(end, `, ${signal})`)],
    imports: [],
    isRaced: true,
  };
}

/** Whether an abort comes to somebody: the callback, or a listener for `error`, without which it would end the process. */
function tellsOfErrors(call: CallExpr, path: string, fn: number, program: Program): boolean {
  const { callee } = call;
  const name = writtenName(callee);
  if (/^exec(File)?$/.test(name) && call.args.at(-1)?.kind === 'function') return true;
  return program
    .callsIn(path, fn)
    .some(
      ({ callee: listened, args: [event] }) =>
        listened.kind === 'member' &&
        /^(on|once|addListener)$/.test(listened.property) &&
        isOf(listened.object, call, path, program) &&
        event?.kind === 'literal' &&
        event.value === 'error',
    );
}

/** Whether an expression is what a call made: the call itself, a chain on it, or the variable that holds it. */
function isOf(expr: CallExpr['callee'], call: CallExpr, path: string, program: Program): boolean {
  if (expr === call) return true;
  if (expr.kind === 'call' && expr.callee.kind === 'member')
    return isOf(expr.callee.object, call, path, program);
  if (expr.kind !== 'name') return false;
  return (program.facts(path)?.bindings[expr.binding]?.values ?? []).some(
    ({ expr: value }) => value === call,
  );
}

/** `new Promise((resolve) => setTimeout(resolve, ms))` becomes a timer that the signal ends. */
function asSleep(
  { args }: CallExpr,
  fn: number,
  { file, facts }: PlannedFile,
  signal: string,
): Reached | undefined {
  const [callback, delay, ...others] = args;
  const parent = facts.functions[fn]?.parent ?? -1;
  const promise = callsIn(facts, parent).find(
    ({ isNew, args: [executor] }) => isNew && executor?.kind === 'function' && executor.fn === fn,
  );
  // A promise with a value of its own stays as it is.
  const settles = callback?.kind === 'function' ? callsIn(facts, callback.fn) : [];
  if (!promise || !callback || others.length > 0 || settles.some((each) => each.args.length > 0))
    return undefined;
  const known = facts.bindings.find(
    ({ imported }) =>
      imported?.name === 'setTimeout' && /^(node:)?timers\/promises$/.test(imported.specifier),
  );
  // Whether such a file would `import` or `require` is not known.
  const isUnclear = !/\.[cm]?tsx?$/i.test(file.path) && facts.imports.length === 0;
  if (!known && isUnclear) return undefined;
  const taken = new Set(facts.bindings.map(({ name }) => name));
  const name = known?.name ?? ['sleep', 'delay', 'pause'].find((each) => !taken.has(each));
  if (!name) return undefined;
  const ms = delay ? file.text.slice(delay.start, delay.end) : '0';
  const newText = `${name}(${ms}, undefined, { ${signal === 'signal' ? 'signal' : `signal: ${signal}`} })`;
  const from = 'node:timers/promises';
  return {
    edits: [{ start: promise.start, end: promise.end, newText }],
    imports: known ? [] : [{ name, exported: 'setTimeout', from }],
    isRaced: false,
  };
}
