import type { Range } from '../text/range.ts';
import type { CertainCalls } from './certainCalls.ts';
import type { Execution } from './execution.ts';
import type { HeldResource } from './resources/resource.ts';
import type { Route, ServerInstance } from './serving.ts';
import type { ShutdownPaths } from './shutdown/paths.ts';
import type { SignalListener } from './signals.ts';
import type { ToolHandler } from './tools.ts';
import type { ServerStart, Transport } from './transports.ts';

/** One MCP server: what runs when an entry file is started. */
export interface McpServer {
  /** The file that is started. */
  readonly entry: string;
  /** The package's name, else the entry's file name. */
  readonly name: string;
  /** The nearest package.json above the entry. */
  readonly packageFile: string | undefined;
  readonly sdk: { readonly name: string; readonly version: string } | undefined;
  /** Where the entry is named: package.json (bin, main, a script) or a Dockerfile's command. */
  readonly declaredAt: readonly Declaration[];
  /** Transports made and ports listened on, in live code. */
  readonly starts: readonly ServerStart[];
  readonly transports: ReadonlySet<Transport>;
  /** Ports listened on, in live code, on which no MCP is served. */
  readonly sidePorts: readonly ServerStart[];
  /** It serves MCP over HTTP on a port of its own. */
  readonly isNetwork: boolean;
  /** Signal listeners that live code registers. */
  readonly listeners: readonly SignalListener[];
  /** What those do, followed over calls. */
  readonly shutdown: ShutdownPaths;
  /** Signal listeners in the server's files that nothing calls. */
  readonly deadListeners: readonly SignalListener[];
  /** A package or framework that listens to signals on its own; then nothing more is known of the handler. */
  readonly handledBy: string | undefined;
  /** Pools, timers, child processes and the like that live code opens. */
  readonly resources: readonly HeldResource[];
  /** Those of them that an abrupt exit loses or leaves behind. */
  readonly held: readonly HeldResource[];
  /** Where live code makes MCP server objects. */
  readonly instances: readonly ServerInstance[];
  /** Routes and middleware that live code registers with the HTTP framework. */
  readonly routes: readonly Route[];
  /** What runs when a client calls a tool, as far as it is known. */
  readonly tools: readonly ToolHandler[];
  readonly execution: Execution;
  /** The calls of the program that are certain, to follow what a handler reaches. */
  readonly calls: CertainCalls;
}

export interface Declaration {
  readonly kind: 'bin' | 'main' | 'script' | 'dockerfile' | 'deployment';
  readonly path: string;
  readonly range: Range;
  /** `dockerfile`: whether Node is the container's first process, so that unhandled signals are ignored. */
  readonly isFirstProcess: boolean;
  /** Source files that the start command loads before the entry (`node --import ./tracing.js`). */
  readonly preloads: readonly string[];
}

/** Whether anything in the server may hear a signal: a listener, one that could not be followed, or a package. */
export function mayHear(server: McpServer, signal: string): boolean {
  if (server.handledBy) return true;
  return server.listeners.some(({ signals, isCertain }) => signals.includes(signal) || !isCertain);
}

/** The start that stands for the server: the port for a network server, the transport for stdio. */
export function mainStart({ starts, isNetwork }: McpServer): ServerStart | undefined {
  if (!isNetwork) return starts.find(({ transport }) => transport === 'stdio');
  return starts.find(({ kind }) => kind === 'listen') ?? starts[0];
}
