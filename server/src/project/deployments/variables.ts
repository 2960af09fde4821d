/**
 * Fills in `$NAME`, `${NAME}`, `${NAME:-default}` and the like as Compose does; `$$` is a dollar sign.
 * @returns `undefined` where a variable is not known and has no default: the shell around may set it
 */
export function interpolate(text: string, variables: ReadonlyMap<string, string>): string | undefined {
  if (!text.includes('$')) return text;
  let isKnown = true;
  const filled = text.replace(
    reference,
    (whole, plain?: string, name?: string, operator = '', other = '') => {
      if (whole === '$$') return '$';
      const value = variables.get(plain ?? name ?? '');
      const isSet = value !== undefined && (value !== '' || !operator.startsWith(':'));
      if (isSet && !operator.endsWith('+')) return value;
      if (operator.endsWith('-')) {
        const inner = interpolate(other, variables);
        if (inner !== undefined) return inner;
      }
      isKnown = false;
      return '';
    },
  );
  return isKnown ? filled : undefined;
}

/** One level of braces inside a default is all that people write. */
const reference = /\$\$|\$(\w+)|\$\{(\w+)(:?[-+?])?((?:[^{}]|\{[^{}]*\})*)\}/g;

/** The lines of an env file: `NAME=value`, quotes taken off. */
export function parseEnvFile(text: string): Map<string, string> {
  const variables = new Map<string, string>();
  for (const [, name = '', raw = ''] of text.matchAll(
    /^[ \t]*(?:export[ \t]+)?([\w.]+)[ \t]*=([^\r\n]*)$/gm,
  )) {
    const value = raw.trim();
    const quoted = /^(["'])(.*)\1/.exec(value);
    variables.set(name, quoted ? (quoted[2] ?? '') : value.replace(/\s+#.*$/, ''));
  }
  return variables;
}
