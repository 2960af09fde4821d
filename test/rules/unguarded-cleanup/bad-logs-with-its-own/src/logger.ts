type Fields = Readonly<Record<string, unknown>>;

/** Writes lines of JSON to stderr. */
export function createLogger(name: string) {
  const write = (level: string, message: string, fields: Fields = {}) =>
    void process.stderr.write(`${JSON.stringify({ level, name, message, ...fields })}\n`);
  return {
    info: (message: string, fields?: Fields) => write('info', message, fields),
    error: (message: string, fields?: Fields) => write('error', message, fields),
  };
}
