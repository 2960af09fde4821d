/** Values of build arguments and ENV; a name with an unknown value maps to `undefined`. */
export type Variables = Pick<ReadonlyMap<string, string | undefined>, 'get'>;

const reference = /\\(.)|\$(?:\{(\w+)(?:(:?[-+])([^{}]*))?\}|(\w+))/g;

/**
 * Fills in `$NAME`, `${NAME}`, `${NAME:-default}` and `${NAME:+other}` as Docker does at build time.
 * @returns the text, with `unknown` in the place of every value that is not known
 */
export function substitute(text: string, variables: Variables, unknown: string): string {
  const result = text.replace(reference, (_, escaped, braced, operator, word, plain) => {
    if (escaped !== undefined) return escaped;
    const value = variables.get(braced ?? plain);
    const isSet = value !== undefined && (value !== '' || !operator?.startsWith(':'));
    if (operator?.endsWith('-')) return isSet ? value : substitute(word, variables, unknown);
    if (operator?.endsWith('+')) return isSet ? substitute(word, variables, unknown) : unknown;
    return value ?? unknown;
  });
  return result.replace(/\$\{[^}]*\}?/g, unknown);
}

/** Splits at whitespace outside of quotes; the quotes stay. */
export function wordsOf(argument: string): readonly string[] {
  return argument.match(/(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\]|["'\\])+/gs) ?? [];
}

/** The `NAME=value` pairs of an ENV or ARG argument; the older `ENV NAME value`; a lone `NAME` has no value. */
export function assignmentsOf(
  argument: string,
): readonly { readonly name: string; readonly value?: string }[] {
  const words = wordsOf(argument);
  const [first] = words;
  if (first === undefined) return [];
  if (!first.includes('=') && words.length > 1) {
    return [{ name: first, value: argument.slice(first.length).trim() }];
  }
  return words.map((word) => {
    const equals = word.indexOf('=');
    if (equals < 0) return { name: word };
    return { name: word.slice(0, equals), value: unquoted(word.slice(equals + 1)) };
  });
}

/** Takes quotes away; an escape is left for {@link substitute} to resolve. */
function unquoted(word: string): string {
  return word.replace(/"((?:\\.|[^"\\])*)"|'([^']*)'/gs, (_, double, single) => double ?? single);
}
