import { insertAt, type TextEdit } from '../../text/edits.ts';
import { codeStyleOf, inStyle } from '../codeStyle.ts';
import type { PlannedFile } from '../source/plannedFile.ts';

/*
 * Templates as in codeStyle.ts. They add to the client's own signal and never replace it, and use no
 * `AbortSignal.any`: what it makes is kept as long as the longest living of its signals.
 */

const untilAborted = `/** Ends the wait for work that takes no signal; the work itself goes on, and nobody waits for it. */
async function untilAborted‹<T>›(work‹: Promise<T>›, signal‹: AbortSignal | undefined›)‹: Promise<T>› {
  if (!signal) return work;
  let giveUp = () => {};
  const aborted = new Promise‹<never>›((_, reject) => {
    giveUp = () => reject(signal.reason);
    signal.addEventListener('abort', giveUp);
    if (signal.aborted) giveUp();
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}`;

const withTimeLimit = `‹type TooLate = { isError: true; content: [{ type: 'text'; text: string }] };

›/** Gives a tool call \`ms\` at most: then its caller gets an answer that says so, and its signal is aborted. */
async function withTimeLimit‹<T>›(
  ms‹: number›,
  callSignal‹: AbortSignal | undefined›,
  run‹: (signal: AbortSignal) => Promise<T>›,
)‹: Promise<T | TooLate>› {
  const limit = new AbortController();
  const cancel = () => limit.abort(callSignal?.reason);
  callSignal?.addEventListener('abort', cancel);
  if (callSignal?.aborted) cancel();
  let timer‹: ReturnType<typeof setTimeout> | undefined›;
  const tooLate = new Promise‹<TooLate>›((answer) => {
    timer = setTimeout(() => {
      const text = \`Not finished within \${ms / 1_000} s.\`;
      answer({ isError: true, content: [{ type: 'text', text }] });
      limit.abort(new Error(text));
    }, ms);
  });
  try {
    return await Promise.race([run(limit.signal), tooLate]);
  } finally {
    clearTimeout(timer);
    callSignal?.removeEventListener('abort', cancel);
  }
}`;

const helpers = { untilAborted, withTimeLimit };

/** A function that inserted code calls and that its file has to have. */
export type Helper = keyof typeof helpers;

/** Whether a file has a helper already (`true`), could get it (`false`), or means something else by its name. */
export function hasHelper({ facts }: PlannedFile, helper: Helper): boolean | undefined {
  const parameters = helper === 'untilAborted' ? 2 : 3;
  const names: string[] = helper === 'withTimeLimit' ? [helper, 'TooLate'] : [helper];
  const own = facts.bindings.filter(({ name }) => names.includes(name));
  if (own.length === 0) return false;
  const isOurs = facts.functions.some(
    (fact) => fact.name === helper && fact.parent === 0 && fact.parameters.length === parameters,
  );
  return isOurs && own.every(({ owner, kind }) => owner === 0 && kind === 'function') ? true : undefined;
}

/** Writes helpers at the end of a file: declarations of functions are there from the start. */
export function addHelpers(wanted: ReadonlySet<Helper>, into: PlannedFile): TextEdit[] {
  const { file, facts } = into;
  const style = codeStyleOf(file.path, file.text, facts);
  const missing = [...wanted].filter((helper) => hasHelper(into, helper) === false).sort();
  if (missing.length === 0) return [];
  const blocks = missing.map((helper) => style.newline + inStyle(helpers[helper], style) + style.newline);
  const isEnded = /(^|[\r\n])$/.test(file.text);
  return [insertAt(file.text.length, (isEnded ? '' : style.newline) + blocks.join(''))];
}
