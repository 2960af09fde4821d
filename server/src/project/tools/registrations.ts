import type { Expr } from '../../languages/source/facts.ts';
import { writtenName } from '../../languages/source/names.ts';
import type { CallSite, Program } from '../program.ts';
import { baseOf } from '../transports.ts';
import type { Value } from '../value.ts';
import type { Values } from '../values.ts';
import { nameOf } from './definitions.ts';
import { handlersOf } from './handlers.ts';
import type { Cancellation, ToolApi, ToolHandler } from './toolHandler.ts';

/** The tools that the calls in one function's own body register, as far as their functions are known. */
export function registeredTools(path: string, fn: number, program: Program, values: Values): ToolHandler[] {
  return program.callsIn(path, fn).flatMap((call): ToolHandler[] => {
    if (call.callee.kind !== 'member') return [];
    const site: CallSite = { path, fn, call };
    switch (call.callee.property) {
      case 'tool':
      case 'registerTool':
        return byName(site, call.callee.property, values);
      case 'setRequestHandler':
        return byRequest(site, values);
      case 'addTool':
        return byObject(site, values);
      default:
        return [];
    }
  });
}

/** `server.tool(name, ..., handler)` and `server.registerTool(name, config, handler)`. */
function byName(site: CallSite, api: 'tool' | 'registerTool', values: Values): ToolHandler[] {
  const [name, ...rest] = site.call.args;
  const handler = rest.pop();
  if (!name || !handler || !isServer(site, values)) return [];
  const hasInputSchema = api === 'tool' ? hasShape(rest, site, values) : hasSchema(rest[0], site, values);
  return toolsFor(site, api, handler, values, {
    name: nameOf(name, site.path, site.fn, values),
    at: name,
    hasInputSchema,
  });
}

/** The low-level server: `setRequestHandler(CallToolRequestSchema, handler)`, in SDK 2 `('tools/call', handler)`. */
function byRequest(site: CallSite, values: Values): ToolHandler[] {
  const [request, ...rest] = site.call.args;
  const handler = rest.at(-1);
  if (!request || !handler || !isToolCall(request, site, values)) return [];
  return toolsFor(site, 'setRequestHandler', handler, values, {
    name: undefined,
    at: { start: site.call.start, end: request.end },
    hasInputSchema: true,
  });
}

function isToolCall(request: Expr, { path, fn }: CallSite, values: Values): boolean {
  return values.of(request, path, fn).some((value) => {
    if (value.kind === 'literal') return value.value === 'tools/call';
    return value.kind === 'foreign' && /(^|\.)CallToolRequestSchema$/.test(value.member);
  });
}

/** fastmcp: `server.addTool({ name, execute })`. */
function byObject(site: CallSite, values: Values): ToolHandler[] {
  const [argument] = site.call.args;
  if (!argument) return [];
  return values.of(argument, site.path, site.fn).flatMap((value): ToolHandler[] => {
    if (value.kind !== 'object' || value.expr.kind !== 'object') return [];
    const find = (key: string) =>
      value.expr.kind === 'object'
        ? value.expr.properties.find((property) => property.key === key)
        : undefined;
    const [name, execute] = [find('name'), find('execute')];
    if (!name || !execute) return [];
    const inObject = { ...site, path: value.path, fn: value.fn };
    return toolsFor(inObject, 'addTool', execute.value, values, {
      name: nameOf(name.value, value.path, value.fn, values),
      at: name.value,
      hasInputSchema: find('parameters') !== undefined,
    }).map((tool) => ({ ...tool, registration: site }));
  });
}

interface Described {
  readonly name: string | undefined;
  readonly at: { readonly start: number; readonly end: number };
  readonly hasInputSchema: boolean | undefined;
}

function toolsFor(
  site: CallSite,
  api: ToolApi,
  handler: Expr,
  values: Values,
  { name, at, hasInputSchema }: Described,
): ToolHandler[] {
  const { handlers, wrappers } = handlersOf(handler, site.path, site.fn, values);
  return handlers.map((ref) => ({
    ...ref,
    name: handlers.length === 1 ? name : undefined,
    api,
    registration: site,
    at: { path: site.path, range: { start: at.start, end: at.end } },
    cancellation: cancellationOf(site, api, hasInputSchema, values),
    hasInputSchema,
    wrappers,
  }));
}

function cancellationOf(
  site: CallSite,
  api: ToolApi,
  hasInputSchema: boolean | undefined,
  values: Values,
): Cancellation | undefined {
  // Whether fastmcp passes a signal, its version tells.
  if (api === 'addTool' || hasInputSchema === undefined) return undefined;
  const module = serverModule(site, values);
  const property = module === '@modelcontextprotocol/server' ? 'mcpReq.signal' : 'signal';
  return { parameter: hasInputSchema ? 1 : 0, property };
}

/** Whether a call is one of an MCP server object: known to be, or nothing speaks against it and its name or type for it. */
function isServer(site: CallSite, values: Values): boolean {
  if (serverModule(site, values) !== undefined) return true;
  const { callee } = site.call;
  if (callee.kind !== 'member') return false;
  const receivers = values.of(callee.object, site.path, site.fn);
  if (receivers.some(({ kind }) => kind !== 'unknown' && kind !== 'instance')) return false;
  if (callee.property === 'registerTool') return true;
  const { object } = callee;
  const name = writtenName(object);
  const binding =
    object.kind === 'name' ? values.program.facts(site.path)?.bindings[object.binding] : undefined;
  return /server|mcp/i.test(name) || /Mcp/.test(binding?.type ?? '');
}

/** The package of the SDK whose server object a method is called on. */
function serverModule({ call, path, fn }: CallSite, values: Values): string | undefined {
  if (call.callee.kind !== 'member') return undefined;
  for (const value of values.of(call.callee.object, path, fn)) {
    const base = value.kind === 'instance' ? baseOf(value, values) : value;
    if (base?.kind !== 'foreign' || !base.module.startsWith('@modelcontextprotocol/')) continue;
    return base.module.startsWith('@modelcontextprotocol/server')
      ? '@modelcontextprotocol/server'
      : base.module;
  }
  return undefined;
}

const annotations = /^(title|readOnlyHint|destructiveHint|idempotentHint|openWorldHint)$/;

/**
 * Whether `tool(name, ...)` got a schema: before the handler may stand a description, a schema and annotations, in this
 * order and each of them only if wanted.
 */
function hasShape(between: readonly Expr[], { path, fn }: CallSite, values: Values): boolean | undefined {
  const objects = between.filter(
    (argument) => argument.kind !== 'template' && !values.of(argument, path, fn).every(isText),
  );
  const [first, second] = objects;
  if (!first) return false;
  const found = values.of(first, path, fn);
  if (second || found.every((value) => value.kind === 'foreign' && value.module !== '')) return true;
  if (found.every((value) => value.kind === 'object')) return !found.every(isAnnotations);
  return undefined;
}

function isText(value: Value): boolean {
  return value.kind === 'literal' && typeof value.value === 'string';
}

function isAnnotations(value: Value): boolean {
  if (value.kind !== 'object' || value.expr.kind !== 'object') return false;
  const { properties } = value.expr;
  return properties.length > 0 && properties.every(({ key }) => key !== undefined && annotations.test(key));
}

function hasSchema(config: Expr | undefined, { path, fn }: CallSite, values: Values): boolean | undefined {
  if (!config) return undefined;
  const answers = values.of(config, path, fn).map((value) => {
    if (value.kind !== 'object' || value.expr.kind !== 'object') return undefined;
    if (value.expr.properties.some(({ key }) => key === 'inputSchema')) return true;
    return value.expr.properties.some(({ key }) => key === undefined) ? undefined : false;
  });
  return answers.every((answer) => answer === answers[0]) ? answers[0] : undefined;
}
