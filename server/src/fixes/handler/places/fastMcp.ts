import type { Project } from '../../../project/project.ts';
import type { McpServer } from '../../../project/server.ts';
import type { ServerInstance } from '../../../project/serving.ts';
import { callsIn, type PlannedFile, plannedFile } from '../../source/plannedFile.ts';

/** A place where a `FastMCP` object is made. */
export interface FastMcpInstance extends Omit<ServerInstance, 'api'> {
  readonly api: 'FastMCP';
  /** The package, or in its own repository the file that declares the class. */
  readonly from: string;
}

/** Whether fastmcp makes the MCP server objects. */
export function isFastMcp({ starts }: McpServer): boolean {
  return starts.some(({ framework }) => framework === 'fastmcp');
}

/** The `new FastMCP(...)` of a server's live code. */
export function fastMcpInstances(project: Project, server: McpServer): FastMcpInstance[] {
  return [...server.execution.live].flatMap(([path, functions]) => {
    const into = plannedFile(project, path);
    if (!into) return [];
    return [...functions].flatMap((fn) =>
      callsIn(into.facts, fn).flatMap((call): FastMcpInstance[] => {
        const from = originOf(call, fn, into, server);
        return from ? [{ path, fn, call, api: 'FastMCP', from }] : [];
      }),
    );
  });
}

/** Where the class comes from that a call makes an object of, if it is fastmcp's. */
function originOf(
  { callee, isNew }: ServerInstance['call'],
  fn: number,
  { file: { path }, facts }: PlannedFile,
  { calls }: McpServer,
): string | undefined {
  const imported = callee.kind === 'name' ? facts.bindings[callee.binding]?.imported : undefined;
  if (!isNew || imported?.name !== 'FastMCP') return undefined;
  if (imported.specifier === 'fastmcp') return 'fastmcp';
  const [cls] = calls.values.of(callee, path, fn);
  const isOwn = cls?.kind === 'class' && calls.program.frameworkOf(cls.path)?.name === 'fastmcp';
  return isOwn ? cls.path : undefined;
}

/** Whether tools get a signal; `undefined` where the version is too old or not known. */
export function givesSignal(project: Project, { sdk }: McpServer, from: string): boolean | undefined {
  // Its own source has no version that tells: the release sets it.
  if (from !== 'fastmcp')
    return /^ +signal: AbortSignal;$/m.test(plannedFile(project, from)?.file.text ?? '') || undefined;
  const [, major = 0, minor = 0] = /(\d+)\.(\d+)/.exec(sdk?.version ?? '')?.map(Number) ?? [];
  if (sdk?.name !== 'fastmcp' || major < 4) return undefined;
  return major > 4 || minor >= 20;
}
