import type { ImportLine } from '../../source/imports.ts';

/** How the tool calls of one SDK are counted and reached: `trackToolCalls(server)`. */
export interface ToolTracking {
  readonly sdk: 1 | 2;
  /** Statements that let the calls in flight go on at the end of stdin, where the framework would abort them. */
  readonly atEof?: string;
  /** The type of an answer; `CallToolResult` where unset. */
  readonly answerType?: string;
  /** The template of `trackToolCalls`; it uses `calls` of the handler's state: a map, or a set where calls are only counted. */
  readonly function: string;
  /** Types and values that it and the state name. */
  readonly imports: readonly ImportLine[];
}

/** The classes whose low-level server is tracked: `McpServer` has it as `server`. */
export type ServerClass = 'McpServer' | 'Server';

/** What the templates of both SDKs have in common: the call, raced against the answer of one that was given up. */
export function trackedCall(
  signal: string,
  extra: string,
  call = 'handler(request',
  answerType = 'CallToolResult',
): string {
  return `      const cancelling = new AbortController();
      ${signal}.addEventListener('abort', () => cancelling.abort(${signal}.reason));
      const call = ${call}, ${extra});
      const givenUp = new Promise‹<${answerType}>›((answer) => calls.set(cancelling, answer));
      return Promise.race([call, givenUp]).finally(() => calls.delete(cancelling));`;
}

/** How far a handler reaches into the calls: it can cancel and answer them, or it only counts them. */
export type Reach = 'answered' | 'counted';

/** The call, counted in a set for as long as it takes. */
export function countedCall(call: string, key: string): string {
  return `      calls.add(${key});
      try {
        return await ${call};
      } finally {
        calls.delete(${key});
      }`;
}

/** `tracked(server)`: the server object itself, its calls tracked. */
export function trackedTemplate(of: ServerClass): string {
  return `/** For a server that is used where it is made. */
function tracked‹<T extends ${of}>›(server‹: T›)‹: T› {
  trackToolCalls(${of === 'McpServer' ? 'server.server' : 'server'});
  return server;
}`;
}

/** How the parameter of \`trackToolCalls\` is typed. */
export function serverType(of: ServerClass): string {
  return of === 'McpServer' ? "McpServer['server']" : 'Server';
}
