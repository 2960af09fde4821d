import type { Project } from '../../../project/project.ts';
import type { McpServer } from '../../../project/server.ts';
import type { ServerInstance } from '../../../project/serving.ts';
import { holderOf } from '../../source/statements.ts';
import type { Insertion, Place } from '../insertion.ts';
import { type PlannedFile, plannedFile } from '../plannedFile.ts';
import { fastMcpInstances } from '../tools/fastmcp.ts';
import { statementWithRoom } from './blocks.ts';

/** A place where an MCP server object has been made and no tool is registered yet. */
interface FoundInstance {
  readonly at: Place;
  readonly object: string;
}

/** The lines that track the calls of every server object; `undefined` where one of them is out of reach. */
export function trackedInstances(project: Project, server: McpServer): readonly Insertion[] | undefined {
  const instances = [...server.instances, ...fastMcpInstances(project, server)];
  const lines = instances.map((instance): Insertion | undefined => {
    const into = plannedFile(project, instance.path);
    const found = into && (inStatement(instance, into) ?? inClass(instance, into));
    if (!into || !found) return undefined;
    const lowLevel = instance.api === 'McpServer' ? `${found.object}.server` : found.object;
    return { into, at: found.at, code: `trackToolCalls(${lowLevel});` };
  });
  const known = lines.flatMap((line) => line ?? []);
  return known.length > 0 && known.length === lines.length ? known : undefined;
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
