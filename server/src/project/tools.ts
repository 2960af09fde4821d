import type { PackageFacts } from '../languages/packageJson.ts';
import { dirname, isInside } from '../text/paths.ts';
import type { Execution } from './execution.ts';
import { definedTools } from './tools/definitions.ts';
import type { ToolHandler } from './tools/toolHandler.ts';
import { functionKey } from './value.ts';
import type { Values } from './values.ts';

export type { ToolHandler } from './tools/toolHandler.ts';

/**
 * The tools of a server in the order of files and text: those whose registration was followed, then the functions of
 * those that are only defined. Two tools may share a function.
 * @param registered by calls in live functions
 * @param owner the server's package.json: mcp-framework loads the tools of its package by folder
 */
export function toolsOf(
  registered: readonly ToolHandler[],
  { live, packages }: Execution,
  owner: { readonly path: string; readonly facts: PackageFacts } | undefined,
  values: Values,
): ToolHandler[] {
  const defined = [...live].flatMap(([path, functions]) => definedTools(path, functions, values));
  if (packages.has('mcp-framework') && owner) {
    defined.push(...loadedByFolder(dirname(owner.path), live, values));
  }
  const byFunction = new Map(defined.map((tool) => [functionKey(tool), tool]));
  const isFastMcpNew = passesSignal(owner?.facts.dependencies.get('fastmcp') ?? '');
  const named = registered.map((each): ToolHandler => {
    const isPassed = each.api === 'addTool' && isFastMcpNew;
    const tool: ToolHandler = isPassed
      ? { ...each, cancellation: { parameter: 1, property: 'signal' } }
      : each;
    // One statement in a loop registers many: each is known by where it is defined.
    const definition = tool.name === undefined ? byFunction.get(functionKey(tool)) : undefined;
    return definition?.name ? { ...tool, name: definition.name, at: definition.at } : tool;
  });
  const isRegistered = new Set(registered.map(functionKey));
  const others = [...byFunction].flatMap(([key, tool]) => (isRegistered.has(key) ? [] : [tool]));
  return [...named, ...others];
}

/** Whether every release of fastmcp that a version range allows hands tools a signal: those since 4.17. */
function passesSignal(range: string): boolean {
  const [, major = 0, minor = 0] = /^(?:[\^~]|>=)?\s*(\d+)\.(\d+)/.exec(range) ?? [];
  return Number(major) > 4 || (Number(major) === 4 && Number(minor) >= 17);
}

function loadedByFolder(folder: string, live: Execution['live'], values: Values): ToolHandler[] {
  const nothing: ReadonlySet<number> = new Set();
  return [...values.program.files.keys()]
    .filter((path) => isInside(folder, path) && !live.has(path))
    .flatMap((path) => definedTools(path, nothing, values))
    .filter(({ api }) => api === 'MCPTool');
}
