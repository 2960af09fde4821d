import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A tool's answer. */
export interface Answer {
  readonly isError?: boolean;
  readonly content: readonly { readonly type: string; readonly text: string }[];
}

/** What the tests use of the official client. */
export interface McpClient {
  connect(transport: ClientTransport): Promise<void>;
  callTool(params: { name: string; arguments?: object }, ...options: unknown[]): Promise<Answer>;
  close(): Promise<void>;
}

/** What the tests use of its transports. */
export interface ClientTransport {
  readonly sessionId?: string;
  /** stdio: the stream is there before the process. */
  readonly stderr?: NodeJS.ReadableStream | null;
  /** stdio: the server's process; a private field, but nothing else tells how it ended. */
  readonly _process?: ChildProcess;
}

type Constructor<Args extends unknown[], T> = new (...args: Args) => T;

/** The official client of one SDK. */
export interface ClientSdk {
  readonly Client: Constructor<[info: object], McpClient>;
  readonly StdioClientTransport: Constructor<[parameters: object], ClientTransport>;
  readonly StreamableHTTPClientTransport: Constructor<[url: URL, options?: object], ClientTransport>;
  readonly SSEClientTransport: Constructor<[url: URL, options?: object], ClientTransport>;
}

const modules = {
  1: ['client/index', 'client/stdio', 'client/streamableHttp', 'client/sse'].map(
    (name) => `sdk/dist/esm/${name}.js`,
  ),
  2: ['client/dist/index.mjs', 'client/dist/stdio.mjs'],
};

/** Loads the client from the installed packages. */
export async function loadClient(sdk: 1 | 2, installed: string): Promise<ClientSdk> {
  const paths = modules[sdk].map((path) => join(installed, '@modelcontextprotocol', path));
  const loaded = await Promise.all(paths.map((path) => import(pathToFileURL(path).href)));
  return Object.assign({}, ...loaded);
}
