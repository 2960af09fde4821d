import { dirname, isInside } from '../text/paths.ts';
import type { Execution } from './execution.ts';
import { definedTools } from './tools/definitions.ts';
import { keyOf, type ToolHandler } from './tools/toolHandler.ts';
import type { Values } from './values.ts';

export type { Cancellation, ToolApi, ToolHandler } from './tools/toolHandler.ts';

/**
 * The tools of a server in the order of files and text: those whose registration was followed, then the functions of
 * those that are only defined. Two tools may share a function.
 * @param registered by calls in live functions
 * @param packageFile the server's package.json; mcp-framework loads the tools of its package by folder
 */
export function toolsOf(
  registered: readonly ToolHandler[],
  { live, packages }: Execution,
  packageFile: string | undefined,
  values: Values,
): ToolHandler[] {
  const defined = [...live].flatMap(([path, functions]) => definedTools(path, functions, values));
  if (packages.has('mcp-framework') && packageFile !== undefined) {
    defined.push(...loadedByFolder(dirname(packageFile), live, values));
  }
  const byFunction = new Map(defined.map((tool) => [keyOf(tool), tool]));
  const named = registered.map((tool): ToolHandler => {
    // One statement in a loop registers many: each is known by where it is defined.
    const definition = tool.name === undefined ? byFunction.get(keyOf(tool)) : undefined;
    return definition?.name ? { ...tool, name: definition.name, at: definition.at } : tool;
  });
  const isRegistered = new Set(registered.map(keyOf));
  const others = [...byFunction].flatMap(([key, tool]) => (isRegistered.has(key) ? [] : [tool]));
  return [...named, ...others];
}

function loadedByFolder(folder: string, live: Execution['live'], values: Values): ToolHandler[] {
  const nothing: ReadonlySet<number> = new Set();
  return [...values.program.files.keys()]
    .filter((path) => isInside(folder, path) && !live.has(path))
    .flatMap((path) => definedTools(path, nothing, values))
    .filter(({ api }) => api === 'MCPTool');
}
