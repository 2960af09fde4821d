import { describe, expect, test } from 'vitest';
import { parsePackageJson } from '../../server/src/languages/packageJson.ts';
import { parseSource } from '../../server/src/languages/source/parse.ts';
import type { Execution } from '../../server/src/project/execution.ts';
import { Program } from '../../server/src/project/program.ts';
import { registeredTools } from '../../server/src/project/tools/registrations.ts';
import { type ToolHandler, toolsOf } from '../../server/src/project/tools.ts';
import { Values } from '../../server/src/project/values.ts';

/** The tools of one file in which everything runs. */
function toolsIn(text: string, packages: readonly string[] = []): { tools: ToolHandler[]; program: Program } {
  const { facts } = parseSource('/a.ts', text);
  const program = new Program(
    new Map([['/a.ts', facts]]),
    (specifier) => ({ kind: 'external', name: specifier }),
    () => undefined,
  );
  const values = new Values(program, new Values(program));
  const ids = facts.functions.map(({ id }) => id);
  const execution: Execution = {
    entry: '/a.ts',
    live: new Map([['/a.ts', new Set(ids)]]),
    packages: new Set(packages),
  };
  const registered = ids.flatMap((fn) => registeredTools('/a.ts', fn, program, values));
  return {
    tools: toolsOf(registered, execution, { path: '/package.json', facts: parsePackageJson('{}') }, values),
    program,
  };
}

/** In words: api, name, whether it has a schema, and where the signal comes from. */
function summary(text: string, packages?: readonly string[]): string[] {
  return toolsIn(text, packages).tools.map(({ api, name, hasInputSchema, cancellation }) => {
    const schema = hasInputSchema === undefined ? '?' : hasInputSchema ? 'schema' : 'none';
    const signal = cancellation ? `${cancellation.parameter}.${cancellation.property}` : '-';
    return `${api} ${name} ${schema} ${signal}`;
  });
}

const v1 =
  "import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'; const s = new McpServer({});\n";
const v2 = "import { McpServer } from '@modelcontextprotocol/server'; const s = new McpServer({});\n";

describe('SDK version 1', () => {
  test.each([
    ["s.tool('a', cb);", 'none 0.signal'],
    ["s.tool('a', 'Does it', cb);", 'none 0.signal'],
    ["s.tool('a', { x: z.string() }, cb);", 'schema 1.signal'],
    ["s.tool('a', 'Does it', { x: z.string() }, cb);", 'schema 1.signal'],
    ["s.tool('a', 'Does it', { readOnlyHint: true }, cb);", 'none 0.signal'],
    ["s.tool('a', 'Does it', {}, { title: 'A' }, cb);", 'schema 1.signal'],
    ["s.tool('a', description(), shape.shape, { title: 'A' }, cb);", 'schema 1.signal'],
    ["s.tool('a', unknown(), cb);", '? -'],
  ])('%s', (call, expected) => {
    expect(summary(`${v1}const cb = async () => {}; ${call}`)).toEqual([`tool a ${expected}`]);
  });

  test.each([
    ["s.registerTool('a', {}, cb);", 'none 0.signal'],
    ["s.registerTool('a', { description: 'x' }, cb);", 'none 0.signal'],
    ["s.registerTool('a', { inputSchema: { x } }, cb);", 'schema 1.signal'],
    ["s.registerTool('a', { ...rest }, cb);", '? -'],
    ["s.registerTool('a', config, cb);", '? -'],
  ])('%s', (call, expected) => {
    expect(summary(`${v1}const cb = async () => {}; ${call}`)).toEqual([`registerTool a ${expected}`]);
  });

  test('the low-level server', () => {
    const text = `import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
${v1}s.server.setRequestHandler(ListToolsRequestSchema, () => []);
s.server.setRequestHandler(CallToolRequestSchema, async (request, extra) => {});`;
    expect(summary(text)).toEqual(['setRequestHandler undefined schema 1.signal']);
  });

  test('in a function that gets the server', () => {
    const text = "export function register(server: McpServer) { server.tool('a', {}, async () => {}); }";
    expect(summary(text)).toEqual(['tool a schema 1.signal']);
  });
});

describe('SDK version 2', () => {
  test.each([
    [
      "s.registerTool('a', { inputSchema: z.object({}) }, async () => {});",
      'registerTool a schema 1.mcpReq.signal',
    ],
    ["s.registerTool('a', { title: 'A' }, async (ctx) => {});", 'registerTool a none 0.mcpReq.signal'],
    [
      "s.server.setRequestHandler('tools/call', async (r) => {});",
      'setRequestHandler undefined schema 1.mcpReq.signal',
    ],
  ])('%s', (call, expected) => {
    expect(summary(v2 + call)).toEqual([expected]);
  });
});

describe('other ways', () => {
  test('fastmcp', () => {
    const text =
      "import { FastMCP } from 'fastmcp'; const s = new FastMCP({}); s.addTool({ name: 'a', parameters: p, execute: async () => '' });";
    expect(summary(text)).toEqual(['addTool a schema -']);
  });

  test('mcp-framework', () => {
    const text =
      "import { MCPTool } from 'mcp-framework'; export default class A extends MCPTool { name = 'a'; async execute() {} }";
    expect(summary(text, ['mcp-framework'])).toEqual(['MCPTool a ? -']);
  });

  test('NestJS', () => {
    const text = (module: string, parameters: string) => `import { Tool } from '${module}';
@Injectable() class A { @Tool({ name: 'a', parameters: z.object({}) }) async one(${parameters}) {} @Other() two() {} }`;
    expect(summary(text('@nestjs-mcp/server', 'args, extra'))).toEqual(['@Tool a schema 1.signal']);
    expect(summary(text('@nestjs-mcp/server', 'args'))).toEqual(['@Tool a schema -']);
    // neither the context nor the request that it hands over holds the call's signal
    expect(summary(text('@rekog/mcp-nest', 'args, context, request'))).toEqual(['@Tool a schema -']);
  });

  test('a loop over a list', () => {
    const text = `${v1}const tools = [
  { name: 'a', description: 'A', inputSchema: {}, handler: async () => 1 },
  { name: 'b', description: 'B', inputSchema: {}, handler: async () => 2 },
];
for (const tool of tools.filter((t) => t.name)) s.registerTool(tool.name, { inputSchema: tool.inputSchema }, tool.handler);`;
    expect(summary(text)).toEqual(['registerTool a schema 1.signal', 'registerTool b schema 1.signal']);
  });

  test('an own helper that only defines', () => {
    const text =
      "export const a = defineTool({ name: 'a', description: 'A', schema: {}, handler: async (request) => {} });";
    expect(summary(text)).toEqual(['definition a ? -']);
  });

  test('a class of its own kind', () => {
    const text =
      "export class ATool extends Base { name = 'a'; argsShape = {}; async execute() {} } class Job { name = 'j'; run() {} }";
    expect(summary(text)).toEqual(['definition a ? -']);
  });

  test('the function inside wrappers is the handler', () => {
    const text = `${v1}function logged(f) { return async (args) => { return await f(args); }; }
async function inner(args) {}
s.tool('a', {}, logged(inner));
s.tool('b', {}, logged(async function own() {}));
s.tool('c', {}, make(inner));
function make(dependency) { return async function made() { return 1; }; }`;
    const { tools, program } = toolsIn(text);
    const names = tools.map(({ path, fn, wrappers }) => [
      program.functionAt(path, fn)?.name,
      wrappers.length,
    ]);
    expect(names).toEqual([
      ['inner', 1],
      ['own', 1],
      ['made', 0],
    ]);
  });

  test.each([
    "logger.tool('a', 'b', () => {});",
    "import x from 'x'; x.registerTool('a', {}, () => {});",
    "s.setRequestHandler('ping', () => {});",
    "import { tool } from 'ai'; tool({ description: 'x', execute: () => {} });",
    "const o = { name: 'a', handler: () => {} };",
  ])('no tool: %s', (text) => {
    expect(summary(text)).toEqual([]);
  });
});
