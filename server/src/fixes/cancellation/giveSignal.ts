import type { Expr } from '../../languages/source/facts.ts';
import type { CallExpr } from '../../project/program.ts';
import type { Cancellable } from '../../project/tools/cancellableTable.ts';
import { insertAt, type TextEdit } from '../../text/edits.ts';
import { inList } from './takeSignal.ts';

/**
 * Writes `signal` into a call's options: those it has, or an object that is added, with `undefined` for arguments that
 * were left out before it. `undefined` where the call has no such shape.
 * @param signal the expression that holds the signal
 */
export function giveSignal(
  call: CallExpr,
  cancellable: Cancellable,
  text: string,
  signal: string,
): TextEdit[] | undefined {
  const { signal: index, option = 'signal' } = cancellable;
  if (index === 'race' || call.args.some(({ kind }) => kind === 'spread')) return undefined;
  if (cancellable.isArgument && index !== 'last') {
    const fillers = Array<string>(Math.max(0, index - call.args.length)).fill('undefined');
    return addArguments(call, text, [...fillers, signal], call.args.length);
  }
  const property = signal === option ? signal : `${option}: ${signal}`;
  // What calls back has its function last, behind the options.
  const callback = cancellable.isCallback && call.args.at(-1)?.kind === 'function' ? 1 : 0;
  const args = call.args.slice(0, call.args.length - callback);
  const holder = holderAt(args, cancellable);
  if (holder?.kind === 'object') return [intoObject(holder, text, property)];
  if (holder) return aroundOptions(holder, text, property);
  const missing = cancellable.hasOptionalArguments || index === 'last' ? 0 : index - args.length;
  const added = [...Array<string>(Math.max(0, missing)).fill('undefined'), `{ ${property} }`];
  return addArguments(call, text, added, args.length);
}

/** The argument that holds the options, where it is there. */
function holderAt(args: readonly Expr[], { signal, hasOptionalArguments }: Cancellable): Expr | undefined {
  if (signal === 'last') return args.at(-1)?.kind === 'object' ? args.at(-1) : undefined;
  const holder = args[signal as number];
  if (holder || !hasOptionalArguments) return holder;
  return args.slice(1).find(({ kind }) => kind !== 'array' && kind !== 'name');
}

/** `{ a }` becomes `{ signal, a }`; where each property has a line, this one gets its own too. */
function intoObject(
  { start, end, properties }: Extract<Expr, { kind: 'object' }>,
  text: string,
  property: string,
) {
  if (properties.length === 0) return { start, end, newText: `{ ${property} }` };
  const behind = text.slice(start + 1, end);
  const line = /^[ \t]*(\r?\n[ \t]*)\S/.exec(behind)?.[1];
  if (line !== undefined) return insertAt(start + 1, `${line}${property},`);
  return insertAt(start + 1, /^\s/.test(behind) ? ` ${property},` : `${property}, `);
}

/** Options that are made elsewhere are copied; an encoding in their place becomes one of them. */
function aroundOptions(holder: Expr, text: string, property: string): TextEdit[] | undefined {
  const written = text.slice(holder.start, holder.end);
  if (holder.kind === 'literal') {
    if (holder.value === undefined || holder.value === null)
      return [{ ...rangeOf(holder), newText: `{ ${property} }` }];
    return typeof holder.value === 'string'
      ? [{ ...rangeOf(holder), newText: `{ encoding: ${written}, ${property} }` }]
      : undefined;
  }
  const isUndefined = holder.kind === 'name' && holder.name === 'undefined';
  if (isUndefined) return [{ ...rangeOf(holder), newText: `{ ${property} }` }];
  if (holder.kind === 'name' || holder.kind === 'member') {
    return [insertAt(holder.start, '{ ...'), insertAt(holder.end, `, ${property} }`)];
  }
  return undefined;
}

function rangeOf({ start, end }: Expr) {
  return { start, end };
}

/** Writes arguments behind the first `index` of a call, which has no more or one more, a callback. */
export function addArguments(
  { args, end }: CallExpr,
  text: string,
  added: readonly string[],
  index: number,
): TextEdit[] | undefined {
  const list = added.join(', ');
  const [before, behind] = [args[index - 1], args[index]];
  if (behind) return [insertAt(behind.start, `${list}, `)];
  if (!before) return text[end - 1] === ')' ? [insertAt(end - 1, list)] : undefined;
  const rest = text.slice(before.end, end - 1);
  if (text[end - 1] !== ')' || /\/[/*]/.test(rest)) return undefined;
  const at = before.end + rest.trimEnd().length;
  return [insertAt(at, inList(text, at, added))];
}
