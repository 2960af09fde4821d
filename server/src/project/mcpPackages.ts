import type { PackageFacts } from '../languages/packageJson.ts';

const javaScript = new Set([
  'fastmcp',
  'mcp-framework',
  'mcp-handler',
  '@vercel/mcp-adapter',
  '@hono/mcp',
  '@rekog/mcp-nest',
  '@nestjs-mcp/server',
  'fastify-mcp',
  'fastify-mcp-server',
  'mcp-proxy',
  'mcp-lite',
  'mcp-use',
  'litemcp',
  'easy-mcp',
  'xmcp',
  'tmcp',
  'muppet',
  'agents',
  '@mastra/mcp',
]);

/** Whether a package brings an MCP SDK or a framework over one. */
export function isMcpPackage(name: string): boolean {
  return name.startsWith('@modelcontextprotocol/') || javaScript.has(name);
}

/** The MCP SDK or framework that a package depends on, the most specific first; `undefined` when there is none. */
export function sdkOf(facts: PackageFacts): { readonly name: string; readonly version: string } | undefined {
  const found = [...facts.dependencies].filter(
    ([name]) => isMcpPackage(name) && !/inspector|client$/.test(name),
  );
  const [best] = found.sort(([a], [b]) => rank(a) - rank(b));
  return best && { name: best[0], version: best[1] };
}

function rank(name: string): number {
  if (!name.startsWith('@modelcontextprotocol/')) return 0;
  return name === '@modelcontextprotocol/server' ? 1 : 2;
}

/** Whether a manifest of another language (pyproject.toml, go.mod, pom.xml ...) names an MCP SDK. */
export function namesMcpSdk(manifest: string): boolean {
  return /(^|[^\w-])(fastmcp|modelcontextprotocol|mcp-go|rmcp|mcp-core|mcp)(?![\w-])/im.test(manifest);
}

/** Frameworks whose main class starts the server; in their own repository that class is source like any other. */
const mainClasses: ReadonlyMap<string, string> = new Map([
  ['fastmcp', 'FastMCP'],
  ['mcp-framework', 'MCPServer'],
]);

/** The framework that a package is, by its name. */
export function frameworkNamed(name: string | undefined): { name: string; mainClass: string } | undefined {
  const mainClass = name === undefined ? undefined : mainClasses.get(name);
  return name === undefined || mainClass === undefined ? undefined : { name, mainClass };
}
