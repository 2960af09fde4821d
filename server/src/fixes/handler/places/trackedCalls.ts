import type { Expr, Statement } from '../../../languages/source/facts.ts';
import type { Project } from '../../../project/project.ts';
import type { McpServer } from '../../../project/server.ts';
import type { ServerStart } from '../../../project/transports.ts';
import type { Insertion } from '../../source/insertion.ts';
import { callsIn, type PlannedFile, plannedFile } from '../../source/plannedFile.ts';
import { isOnePackage } from '../onePackage.ts';
import { byTransport } from '../tools/byTransport.ts';
import { toolTracking } from '../tools/index.ts';
import type { ToolTracking } from '../tools/tracking.ts';
import { statementWithRoom } from './blocks.ts';
import { trackedInstances, withTracked } from './instances.ts';

/** How the tool calls of a server are counted, and the lines that see to it. */
export interface TrackedCalls {
  readonly tools: ToolTracking;
  readonly insertions: readonly Insertion[];
}

/**
 * Counted where the server objects are made; where these are out of reach (a factory in another package, an SDK
 * without signals), at the stdio transport. `undefined` where neither can be.
 */
export function trackedCalls(project: Project, server: McpServer): TrackedCalls | undefined {
  const tools = toolTracking(project, server);
  const insertions = trackedInstances(project, server);
  const starts = server.starts.flatMap(({ path }) => plannedFile(project, path) ?? []);
  if (tools && insertions && isOnePackage(project, [...insertions, ...starts.map((into) => ({ into }))]))
    return { tools: withTracked(tools, insertions, server), insertions };
  return atTransport(project, server);
}

function atTransport(project: Project, server: McpServer): TrackedCalls | undefined {
  const [start, ...others] = server.starts;
  const into = start && plannedFile(project, start.path);
  if (!into || others.length > 0 || start.transport !== 'stdio' || !start.call.isNew) return undefined;
  const isSdk1 = into.facts.imports.some(
    ({ specifier }) => specifier === '@modelcontextprotocol/sdk/server/stdio.js',
  );
  const insertions = isSdk1 ? connectedTransport(start, into) : undefined;
  return insertions && { tools: byTransport, insertions };
}

/** Behind `await server.connect(transport)`, in the function that makes the transport. */
function connectedTransport({ fn, call }: ServerStart, into: PlannedFile): Insertion[] | undefined {
  const { text } = into.file;
  const connects = callsIn(into.facts, fn).flatMap((connect) => {
    const { callee, args } = connect;
    const statement = statementWithRoom(into, fn, connect);
    const isConnect = callee.kind === 'member' && callee.property === 'connect' && args.length === 1;
    return isConnect && statement && isAwaited(statement) ? [{ statement, argument: args[0] }] : [];
  });
  const [only, ...others] = connects;
  if (!only?.argument || others.length > 0) return undefined;
  const { statement, argument } = only;
  const track = (name: string): Insertion => ({
    into,
    at: { after: statement },
    code: `trackToolCalls(${name});`,
  });
  if (argument.kind === 'name')
    return into.facts.bindings[argument.binding]?.values[0]?.expr === call
      ? [track(argument.name)]
      : undefined;
  if (argument !== call || into.facts.bindings.some(({ name }) => name === 'transport')) return undefined;
  return [
    { into, at: { before: statement }, code: `const transport = ${text.slice(call.start, call.end)};` },
    { into, at: { replace: argument }, code: 'transport' },
    track('transport'),
  ];
}

/** Where it is not waited for, the server may not have begun yet when the next line runs. */
function isAwaited(statement: Statement): boolean {
  const value: Expr | undefined = statement.kind === 'expression' ? statement.expr : undefined;
  return value?.kind === 'await';
}
