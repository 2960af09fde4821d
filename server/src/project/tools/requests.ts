import { writtenName } from '../../languages/source/names.ts';
import type { CertainCalls } from '../certainCalls.ts';
import { perServer } from '../perServer.ts';
import type { CallExpr } from '../program.ts';
import type { McpServer } from '../server.ts';
import type { Route } from '../serving.ts';
import { type FunctionRef, functionKey, functionsOf } from '../value.ts';
import type { ToolHandler } from './toolHandler.ts';

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
 * What clients make a server run, each function once: its tools, the routes and middleware of the HTTP application that serves MCP, the
 * function of a plain HTTP server that does, and the check of credentials that fastmcp runs for every request.
 */
export const requestHandlers = perServer((server): readonly RequestHandler[] => {
  const found = [
    ...server.tools.flatMap(fromTool),
    ...[...server.execution.live].flatMap(([path, functions]) =>
      [...functions].flatMap((fn) => fromCalls(path, fn, server)),
    ),
  ];
  if (server.isNetwork) found.push(...mcpRoutes(server).flatMap(fromRoute));
  // One function may stand for several: as a tool it is known best.
  const byFunction = new Map<string, RequestHandler>();
  for (const handler of found) {
    const key = functionKey(handler.ref);
    if (!byFunction.has(key)) byFunction.set(key, handler);
  }
  return [...byFunction.values()];
});

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
function mcpRoutes({ routes }: McpServer): readonly Route[] {
  const places = new Set(routes.filter(servesMcp).map(functionKey));
  return routes.filter((route) => route.framework !== 'http' && places.has(functionKey(route)));
}

function servesMcp({ pattern, handsTo }: Route): boolean {
  return handsTo !== undefined || /(^|\/)(mcp|sse|messages?)\b/.test(pattern ?? '');
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

/** What a function's own calls hand to an HTTP server, the SDK or a framework to run for each request. */
function fromCalls(path: string, fn: number, { calls, isNetwork }: McpServer): RequestHandler[] {
  return calls.program.callsIn(path, fn).flatMap((call): RequestHandler[] => {
    const { callee, args } = call;
    const at = { path, start: call.start, end: callee.end };
    const handlersOf = (refs: readonly FunctionRef[], what: string, run: string): RequestHandler[] =>
      refs.map((ref) => ({ ref, what, run, kind: 'request', at }));
    switch (writtenName(callee)) {
      case 'createServer':
        if (!isNetwork) return [];
        return handlersOf(httpHandlers(call, path, fn, calls), 'the request listener', 'HTTP request');
      case 'createMcpHandler':
        return handlersOf(factories(call, path, fn, calls), 'the factory of server objects', 'request');
      case 'setRequestHandler': {
        const last = args.at(-1);
        return handlersOf(last ? calls.functions(last, path, fn) : [], 'a request handler', 'request');
      }
      case 'FastMCP': {
        const what = 'authenticate, which runs for each request,';
        return handlersOf(call.isNew ? authenticators(call, path, fn, calls) : [], what, 'request');
      }
      default:
        return [];
    }
  });
}

/** SDK 2: `createMcpHandler(factory)` makes a server object for each request. */
function factories(
  { callee, args }: CallExpr,
  path: string,
  fn: number,
  calls: CertainCalls,
): readonly FunctionRef[] {
  const isSdk = calls.values
    .of(callee, path, fn)
    .some((value) => value.kind === 'foreign' && value.module.startsWith('@modelcontextprotocol/'));
  return isSdk && args[0] ? calls.functions(args[0], path, fn) : [];
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
