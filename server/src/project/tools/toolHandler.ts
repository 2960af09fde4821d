import type { Range } from '../../text/range.ts';
import type { CallSite } from '../program.ts';
import type { FunctionRef } from '../value.ts';

/**
 * How a tool is made known: a method of the SDK (`tool`, `registerTool`, `setRequestHandler` for `tools/call`) or of
 * fastmcp (`addTool`), a class of mcp-framework (`MCPTool`), a method that NestJS decorates (`@Tool`), or an object
 * or class with name, schema and handler whose registration was not followed (`definition`).
 */
export type ToolApi =
  | 'tool'
  | 'registerTool'
  | 'setRequestHandler'
  | 'addTool'
  | 'MCPTool'
  | '@Tool'
  | 'definition';

/** A function that runs when a client calls a tool. */
export interface ToolHandler extends FunctionRef {
  /** `undefined` where it could not be followed, and for a `tools/call` handler, which serves all tools. */
  readonly name: string | undefined;
  readonly api: ToolApi;
  /** The call that registers it; `undefined` for classes, decorators and definitions. */
  readonly registration: CallSite | undefined;
  /** Where a finding about the tool stands: its name where that is written, else the registration. */
  readonly at: { readonly path: string; readonly range: Range };
  /** How the client's cancellation reaches the function; `undefined` where it does not, or that is unknown. */
  readonly cancellation: Cancellation | undefined;
  /** Without a schema the SDK passes the extra argument first. `undefined` where that is unknown. */
  readonly hasInputSchema: boolean | undefined;
  /** Own functions around it that run with each call (`withLogging(handler)`). */
  readonly wrappers: readonly FunctionRef[];
}

/** The parameter that carries the signal (an index), and the way from it to the `AbortSignal`. */
export interface Cancellation {
  readonly parameter: number;
  readonly property: 'signal' | 'mcpReq.signal';
}
