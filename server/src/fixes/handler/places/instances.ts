import type { Project } from '../../../project/project.ts';
import type { McpServer } from '../../../project/server.ts';
import type { ServerInstance } from '../../../project/serving.ts';
import type { Insertion, Place } from '../../source/insertion.ts';
import { type PlannedFile, plannedFile } from '../../source/plannedFile.ts';
import { holderOf } from '../../source/statements.ts';
import { type ToolTracking, trackedTemplate } from '../tools/tracking.ts';
import { statementWithRoom } from './blocks.ts';
import { fastMcpInstances, isFastMcp } from './fastMcp.ts';

/** A place where an MCP server object has been made and no tool is registered yet. */
interface FoundInstance {
  readonly at: Place;
  readonly object: string;
}

/** The lines that track the calls of every server object; `undefined` where one of them is out of reach. */
export function trackedInstances(project: Project, server: McpServer): readonly Insertion[] | undefined {
  // fastmcp makes server objects itself; in its own repository that is source like any other.
  const instances = isFastMcp(server) ? fastMcpInstances(project, server) : server.instances;
  const lines = instances.map((instance): Insertion[] | undefined => {
    const into = plannedFile(project, instance.path);
    if (!into || (instance.api !== 'FastMCP' && isOwnClass(instance, into))) return undefined;
    const found = inStatement(instance, into) ?? inClass(instance, into);
    if (!found) return instance.api === 'FastMCP' ? undefined : around(instance, into);
    const lowLevel = instance.api === 'McpServer' ? `${found.object}.server` : found.object;
    return [{ into, at: found.at, code: `trackToolCalls(${lowLevel});` }];
  });
  const known = lines.flatMap((line) => line ?? []);
  return known.length > 0 && lines.every((line) => line !== undefined) ? known : undefined;
}

/** Tracked in the expression that makes it: `return new McpServer(...)`. */
function around({ call }: Pick<ServerInstance, 'call'>, into: PlannedFile): Insertion[] {
  return [
    { into, at: { offset: call.start }, code: opening },
    { into, at: { offset: call.end }, code: ')' },
  ];
}

const opening = 'tracked(';

/** The tracking, with `tracked` where insertions of `trackedInstances` call it. */
export function withTracked(
  tools: ToolTracking,
  insertions: readonly Insertion[],
  { instances: [first] }: McpServer,
): ToolTracking {
  if (!first || insertions.every(({ code }) => code !== opening)) return tools;
  return { ...tools, function: `${tools.function}\n\n${trackedTemplate(first.api)}` };
}

/** A class that extends the SDK's may register its tools while it is made. */
function isOwnClass({ call: { callee } }: Pick<ServerInstance, 'call'>, { facts }: PlannedFile): boolean {
  const binding = callee.kind === 'name' ? facts.bindings[callee.binding] : undefined;
  return binding?.kind === 'class' || /^[./]/.test(binding?.imported?.specifier ?? '');
}

function inStatement(
  { fn, call }: Pick<ServerInstance, 'fn' | 'call'>,
  into: PlannedFile,
): FoundInstance | undefined {
  const statement = statementWithRoom(into, fn, call);
  const object = statement && holderOf(statement, call, into.facts, into.file.text);
  return statement && object ? { at: { after: statement }, object } : undefined;
}

/** `private server = new Server(...)`: tracked at the top of the constructor, before anything registers tools. */
function inClass({ call }: Pick<ServerInstance, 'call'>, { facts }: PlannedFile): FoundInstance | undefined {
  for (const { initializers, members, extends: base } of facts.classes) {
    const property = initializers.find(({ value, isStatic }) => value === call && !isStatic);
    const own = members.find(({ name }) => name === 'constructor');
    const [first] = (own && facts.functions[own.fn]?.statements) ?? [];
    if (property && first && !base) return { at: { before: first }, object: `this.${property.name}` };
  }
  return undefined;
}
