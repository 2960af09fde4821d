import type { TextEdit } from '../../text/edits.ts';
import type { Range } from '../../text/range.ts';

/** A line of a log that names the one signal that its handler was written for. */
export interface NamedSignal {
  readonly signal: string;
  /** Puts a variable in the place of the name; `undefined` where that would not make a sentence. */
  readonly edits: readonly TextEdit[] | undefined;
}

/** What else tells of one signal only. */
const tellsOfOne = /ctrl|\^C|keyboard|interrupt|terminat|\bkill|docker|kubernetes/i;

/**
 * The signal that the texts in some code name; `undefined` where they name none, or several.
 * @param texts the strings and templates in the code
 * @param variable what holds the name of the signal that came
 */
export function namedSignal(
  text: string,
  code: Range,
  texts: readonly Range[],
  variable: string,
): NamedSignal | undefined {
  const naming = texts.filter(({ start, end }) => signals.test(text.slice(start, end)));
  const found = new Set(naming.flatMap(({ start, end }) => text.slice(start, end).match(everySignal) ?? []));
  const [signal, ...others] = found;
  if (!signal || others.length > 0) return undefined;
  const edits = naming.map(({ start, end }) => {
    const newText = withVariable(text.slice(start, end), signal, variable);
    return newText === undefined ? [] : [{ start, end, newText }];
  });
  const isSentence =
    !tellsOfOne.test(text.slice(code.start, code.end)) && edits.every(({ length }) => length > 0);
  return { signal, edits: isSentence ? edits.flat() : undefined };
}

const signals = /\bSIG(?:TERM|INT)\b/;
const everySignal = /\bSIG(?:TERM|INT)\b/g;

/** A string or template with a variable in place of a signal's name; `undefined` where it has other substitutions or escapes. */
function withVariable(written: string, signal: string, variable: string): string | undefined {
  const [quote, inner] = [written[0], written.slice(1, -1)];
  if (inner === signal) return variable;
  const isTemplate = quote === '`';
  if (isTemplate ? /\$\{[^}]*SIG/.test(inner) : /[`\\]|\$\{/.test(inner)) return undefined;
  return `\`${inner.replaceAll(signal, `\${${variable}}`)}\``;
}
