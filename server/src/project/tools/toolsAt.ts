import { contains, type Range } from '../../text/range.ts';
import type { Project } from '../project.ts';
import type { McpServer } from '../server.ts';
import type { ToolHandler } from '../tools.ts';
import { functionKey } from '../value.ts';

/** A tool with the first server that has it. */
export interface ToolAt {
  readonly server: McpServer;
  readonly tool: ToolHandler;
}

/** The tools whose registration, name or function holds a range, the innermost first. */
export function toolsAt(project: Project, path: string, asked: Range): ToolAt[] {
  const found = new Map<string, ToolAt & { readonly length: number }>();
  for (const server of project.servers) {
    for (const tool of server.tools) {
      const ranges = rangesOf(tool, path, server).filter((range) => contains(range, asked));
      const key = functionKey(tool);
      if (ranges.length === 0 || found.has(key)) continue;
      found.set(key, { server, tool, length: Math.min(...ranges.map(({ start, end }) => end - start)) });
    }
  }
  return [...found.values()].sort((a, b) => a.length - b.length);
}

function rangesOf({ at, registration, fn, path: of }: ToolHandler, path: string, server: McpServer): Range[] {
  const own = server.calls.program.functionAt(of, fn);
  return [
    ...(at.path === path ? [at.range] : []),
    ...(registration?.path === path ? [registration.call] : []),
    ...(of === path && own ? [own.range] : []),
  ];
}
