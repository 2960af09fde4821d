import type { CallExpr } from '../../../project/program.ts';
import type { Project } from '../../../project/project.ts';
import type { McpServer } from '../../../project/server.ts';
import type { Insertion } from '../../source/insertion.ts';
import { callsIn, type PlannedFile, plannedFile } from '../../source/plannedFile.ts';
import { bodyReader, nodeTypes, shape, unreadBody } from './atCalls.ts';
import type { Wiring } from './framework.ts';
import { admitting, type GuardUse } from './guard.ts';

/**
 * The guard around every handler that SDK 2's `toNodeHandler(...)` makes for plain node:http; `undefined` where there is
 * none. The handlers themselves are handed on as before.
 */
export function guardNodeHandlers(
  project: Project,
  { execution }: McpServer,
  use: GuardUse,
): Wiring | undefined {
  const insertions = [...execution.live].flatMap(([path, functions]) => {
    const into = plannedFile(project, path);
    const calls = into ? [...functions].flatMap((fn) => callsIn(into.facts, fn)) : [];
    return into
      ? calls.filter((call) => isToNodeHandler(call, into)).flatMap((call) => around(call, into))
      : [];
  });
  if (insertions.length === 0) return undefined;
  return {
    insertions,
    functions: [guarded, admitting(shape, use, true, true), unreadBody(use)],
    imports: [bodyReader, ...nodeTypes],
    hasStreams: true,
  };
}

function around({ start, end }: CallExpr, into: PlannedFile): Insertion[] {
  return [
    { into, at: { offset: start }, code: 'guarded(' },
    { into, at: { offset: end }, code: ')' },
  ];
}

function isToNodeHandler({ callee }: CallExpr, { facts }: PlannedFile): boolean {
  const imported = callee.kind === 'name' ? facts.bindings[callee.binding]?.imported : undefined;
  return imported?.specifier === '@modelcontextprotocol/node' && imported.name === 'toNodeHandler';
}

const guarded = `‹type NodeHandler = (req: IncomingMessage, res: ServerResponse, body?: unknown) => Promise<void>;

›/** Stands before an MCP handler. */
function guarded(handle‹: NodeHandler›)‹: NodeHandler› {
  return async (req, res, parsed) => {
    const body = parsed ?? (await unreadBody(req));
    if (admit(req, res, body)) await handle(req, res, body);
  };
}`;
