import type { CertainCalls } from '../certainCalls.ts';
import type { CallExpr } from '../program.ts';
import type { McpServer } from '../server.ts';
import type { Route } from '../serving.ts';
import { type FunctionRef, functionsOf } from '../value.ts';
import { keyOf, type ToolHandler } from './toolHandler.ts';

/** A function that runs once for every tool call or HTTP request. */
export interface RequestHandler {
  readonly ref: FunctionRef;
  /** In a reader's words, to stand in a sentence: "the tool deploy", "POST /mcp". */
  readonly what: string;
  /** One run of it: "call of the tool deploy", "request to POST /mcp". */
  readonly run: string;
  readonly kind: 'tool' | 'request';
  /** Where it is registered. */
  readonly at: { readonly path: string; readonly start: number; readonly end: number };
}

/**
 * What clients make a server run: its tools, the routes and middleware of the HTTP application that serves MCP, the
 * function of a plain HTTP server that does, and the check of credentials that fastmcp runs for every request.
 */
export function requestHandlers(server: McpServer): RequestHandler[] {
  const found = [
    ...server.tools.flatMap(fromTool),
    ...[...server.execution.live].flatMap(([path, functions]) =>
      [...functions].flatMap((fn) => fromCalls(path, fn, server)),
    ),
  ];
  if (server.isNetwork) found.push(...mcpRoutes(server).flatMap(fromRoute));
  return found;
}

function fromTool(tool: ToolHandler): RequestHandler[] {
  const what = tool.name
    ? `the tool ${tool.name}`
    : tool.api === 'setRequestHandler'
      ? 'the handler of tool calls'
      : 'a tool';
  const run = tool.name ? `call of ${what}` : 'tool call';
  const at = { path: tool.at.path, ...tool.at.range };
  return [tool, ...tool.wrappers].map(({ path, fn }) => ({ ref: { path, fn }, what, run, kind: 'tool', at }));
}

function fromRoute({ handlers, method, pattern, path, call }: Route): RequestHandler[] {
  const verb = method === 'all' || method === 'use' ? '' : `${method.toUpperCase()} `;
  const what = pattern ? `${verb}${pattern}` : method === 'use' ? 'a middleware' : `a ${verb}route`;
  const run = method === 'use' ? 'request' : `request to ${what}`;
  const at = { path, start: call.start, end: (pattern && call.args[0]?.end) || call.callee.end };
  return handlers.map((ref) => ({ ref, what, run, kind: 'request', at }));
}

/** The routes of the applications on which MCP is served: another one, such as that of a log-in, may end the process. */
function mcpRoutes({ routes, calls }: McpServer): readonly Route[] {
  const places = new Set(
    routes.filter((route) => servesMcp(route, calls)).map(({ path, fn }) => keyOf({ path, fn })),
  );
  return routes.filter(({ path, fn }) => places.has(keyOf({ path, fn })));
}

function servesMcp({ pattern, handlers }: Route, calls: CertainCalls): boolean {
  return /(^|\/)(mcp|sse|messages?)\b/.test(pattern ?? '') || passesToTransport(handlers, calls);
}

function passesToTransport(handlers: readonly FunctionRef[], calls: CertainCalls): boolean {
  return [...calls.reach(handlers).values()].some(({ ref }) =>
    calls.program
      .callsIn(ref.path, ref.fn)
      .some(
        ({ callee }) =>
          callee.kind === 'member' && /^handle(Request|PostMessage|Message)$/.test(callee.property),
      ),
  );
}

/** What a function's own calls hand to an HTTP server or a framework to run for each request. */
function fromCalls(path: string, fn: number, { calls, isNetwork }: McpServer): RequestHandler[] {
  return calls.program.callsIn(path, fn).flatMap((call): RequestHandler[] => {
    const { callee } = call;
    const name = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
    const at = { path, start: call.start, end: callee.end };
    if (isNetwork && name === 'createServer') {
      const what = 'the request listener';
      return httpHandlers(call, path, fn, calls).map((ref) => ({
        ref,
        what,
        run: 'HTTP request',
        kind: 'request',
        at,
      }));
    }
    if (call.isNew && name === 'FastMCP') {
      const what = 'authenticate, which runs for each request,';
      return authenticators(call, path, fn, calls).map((ref) => ({
        ref,
        what,
        run: 'request',
        kind: 'request',
        at,
      }));
    }
    return [];
  });
}

function httpHandlers(
  { callee, args }: CallExpr,
  path: string,
  fn: number,
  calls: CertainCalls,
): FunctionRef[] {
  const isHttp = calls.values
    .of(callee, path, fn)
    .some((value) => value.kind === 'foreign' && /^https?$/.test(value.module));
  if (!isHttp) return [];
  const handlers = args.flatMap((argument) => [...calls.functions(argument, path, fn)]);
  return passesToTransport(handlers, calls) ? handlers : [];
}

function authenticators({ args }: CallExpr, path: string, fn: number, calls: CertainCalls): FunctionRef[] {
  const [options] = args;
  if (options?.kind !== 'object') return [];
  const property = options.properties.find(({ key }) => key === 'authenticate');
  return property ? functionsOf(calls.values.of(property.value, path, fn)) : [];
}
