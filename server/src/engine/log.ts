/** Where a word for whoever looks into a failure goes: an output channel, stderr. */
export type Log = (message: string) => void;

/**
 * Says a thing only the first time: what fails at every keystroke would otherwise fill the log. The first line
 * is the thing; the stack below it differs from call to call.
 */
export function once(log: Log): Log {
  const said = new Set<string>();
  return (message) => {
    const thing = message.split('\n', 1)[0]!;
    if (!said.has(thing)) log(message);
    said.add(thing);
  };
}

/** What went wrong and where, for the log. */
export function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
