import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver';

export type Log = (message: string) => void;

/**
 * The one place that catches: a handler that throws is logged and the request answered by `fallback`, so that one broken
 * request never ends the session. A request that was cancelled meanwhile is answered as cancelled.
 */
export function guarded<P, R>(
  log: Log,
  name: string,
  handler: (params: P, token: CancellationToken) => R | Promise<R>,
  fallback: (params: P) => R,
): (params: P, token?: CancellationToken) => Promise<R | ResponseError<void>> {
  return async (params, token = neverCancelled) => {
    const cancelled = () => new ResponseError<void>(LSPErrorCodes.RequestCancelled, `${name} was cancelled`);
    try {
      const result = await handler(params, token);
      return token.isCancellationRequested ? cancelled() : result;
    } catch (error) {
      if (token.isCancellationRequested) return cancelled();
      log(`${name} failed: ${describeError(error)}`);
      return fallback(params);
    }
  };
}

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

const neverCancelled: CancellationToken = {
  isCancellationRequested: false,
  onCancellationRequested: () => ({ dispose() {} }),
};
