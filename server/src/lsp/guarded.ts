import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { describeError, type Log } from '../engine/log.ts';

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

const neverCancelled: CancellationToken = {
  isCancellationRequested: false,
  onCancellationRequested: () => ({ dispose() {} }),
};
