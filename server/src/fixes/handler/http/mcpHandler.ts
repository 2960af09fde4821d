import type { Project } from '../../../project/project.ts';
import type { McpServer } from '../../../project/server.ts';
import type { Insertion } from '../insertion.ts';
import { callsIn, plannedFile } from '../plannedFile.ts';
import { shape, unreadBody } from './atCalls.ts';
import type { Wiring } from './framework.ts';
import { admitting } from './guard.ts';

/** Clients of SDK 2's `createMcpHandler` subscribe by a POST whose answer stays open; its header tells. */
export const subscribes = "req.headers['mcp-method'] === 'subscriptions/listen'";

/** Whether requests of the server come to a handler that `createMcpHandler` makes. */
export function usesMcpHandler(project: Project, server: McpServer): boolean {
  return callsOf('@modelcontextprotocol/server', 'createMcpHandler', project, server).length > 0;
}

/**
 * The guard around every handler that SDK 2's `toNodeHandler(...)` makes for plain node:http; `undefined` where there is
 * none. The handlers themselves are handed on as before.
 */
export function guardNodeHandlers(project: Project, server: McpServer): Wiring | undefined {
  const made = callsOf('@modelcontextprotocol/node', 'toNodeHandler', project, server);
  if (made.length === 0) return undefined;
  const insertions = made.flatMap(({ into, call }): Insertion[] => [
    { into, at: { offset: call.start }, code: 'guarded(' },
    { into, at: { offset: call.end }, code: ')' },
  ]);
  return {
    insertions,
    functions: [guarded, admitting({ ...shape, subscribes }, true), unreadBody],
    imports: ['IncomingMessage', 'ServerResponse'].map((name) => ({ name, from: 'node:http', isType: true })),
    hasStreams: true,
  };
}

function callsOf(specifier: string, name: string, project: Project, { execution }: McpServer) {
  return [...execution.live].flatMap(([path, functions]) => {
    const into = plannedFile(project, path);
    if (!into) return [];
    const calls = [...functions].flatMap((fn) => callsIn(into.facts, fn));
    return calls
      .filter(({ callee }) => {
        const imported = callee.kind === 'name' ? into.facts.bindings[callee.binding]?.imported : undefined;
        return imported?.specifier === specifier && imported.name === name;
      })
      .map((call) => ({ into, call }));
  });
}

const guarded = `‹type NodeHandler = (req: IncomingMessage, res: ServerResponse, body?: unknown) => Promise<void>;

›/** Stands before an MCP handler. */
function guarded(handle‹: NodeHandler›)‹: NodeHandler› {
  return async (req, res, parsed) => {
    const body = parsed ?? (await unreadBody(req));
    if (admit(req, res, body)) await handle(req, res, body);
  };
}`;
