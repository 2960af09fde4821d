import type { Project } from '../../../project/project.ts';
import type { McpServer } from '../../../project/server.ts';
import type { ImportLine } from '../../source/imports.ts';
import type { Insertion } from '../../source/insertion.ts';
import { plannedFile } from '../../source/plannedFile.ts';
import { indentationAt } from '../../textStyle.ts';
import { returnedListener } from '../places/serving.ts';
import { guardAtCalls } from './atCalls.ts';
import type { HttpFramework, Wiring } from './framework.ts';
import { admitting, type GuardShape, type GuardUse } from './guard.ts';
import {
  firstMcpRoutes,
  hasStreams,
  hasSubscriptions,
  type RouteStatement,
  routeStatements,
  useBefore,
} from './routes.ts';
import { guardWithSse } from './sse.ts';

/** Express 4 and 5: middleware on the routes' paths; `app.listen()` returns the listener. */
export const express: HttpFramework = {
  name: 'express',
  takesSse: true,
  listen: (start, into) => returnedListener(start, into),
  guard(project, server, use) {
    if (server.transports.has('sse')) return guardBeforeSse(project, server, use);
    return hasParsedBody(server)
      ? guardByMiddleware(project, server, use)
      : guardAtCalls(project, server, use);
  },
  health(project, routes, use) {
    const statements = routeStatements(project, routes);
    return {
      insertions: statements.map((route) => useBefore(route, 'reportStopping')),
      functions: [reportStopping(use)],
      imports: [requestHandler],
    };
  },
};

/** The type by which Express middleware is written in TypeScript. */
export const requestHandler: ImportLine = { name: 'RequestHandler', from: 'express', isType: true };

/** Whether a route that takes calls hands a parsed body on; without a body parser the transport reads it. */
function hasParsedBody({ routes }: McpServer): boolean {
  const calls = routes
    .filter(({ method }) => method !== 'get' && method !== 'delete')
    .flatMap(({ handovers }) => handovers.map(({ call }) => call));
  return calls.length === 0 || calls.some(({ args }) => args.length > 2);
}

function guardByMiddleware(project: Project, server: McpServer, use: GuardUse): Wiring | undefined {
  const inRoutes = guardInRoutes(project, server);
  if (inRoutes.length > 0) return middleware(inRoutes, server, use);
  const guarded = firstMcpRoutes(project, server);
  if (!guarded) return undefined;
  const insertions = guarded.filter(isNotBelow).map((route) => useBefore(route, 'admit'));
  return middleware(insertions, server, use);
}

/** `app.use('/mcp', admit)` sees what comes for `/mcp/oauth`, too. */
function isNotBelow(route: RouteStatement, index: number, routes: readonly RouteStatement[]): boolean {
  const isAbove = ({ into, app, written }: RouteStatement) =>
    into.file.path === route.into.file.path &&
    app === route.app &&
    route.written.startsWith(`${written.slice(0, -1)}/`);
  return !routes.slice(0, index).some(isAbove);
}

function middleware(insertions: readonly Insertion[], server: McpServer, use: GuardUse): Wiring {
  return {
    insertions,
    functions: [admitting(shape, use, hasStreams(server), hasSubscriptions(server))],
    imports: [requestHandler],
    hasStreams: hasStreams(server),
  };
}

/** Legacy SSE: a call's POST is answered at once, and the call later on its session's stream. */
function guardBeforeSse(project: Project, server: McpServer, use: GuardUse): Wiring | undefined {
  const insertions = guardWithSse(project, server);
  return insertions && { ...middleware(insertions, server, use), answersByStream: true };
}

/** Where routes have middleware of their own, the body parser may be among it: the guard comes behind that. */
function guardInRoutes(project: Project, { routes }: McpServer): Insertion[] {
  const calls = new Map(routes.filter(({ handsTo }) => handsTo).map(({ call, path }) => [call, path]));
  if ([...calls.keys()].every(({ args }) => args.length < 3)) return [];
  return [...calls].flatMap(([{ args }, path]) => {
    const into = plannedFile(project, path);
    const handler = args.at(-1);
    if (!into || !handler) return [];
    const isOnLine = indentationAt(into.file.text, handler.start) !== undefined;
    return [
      isOnLine
        ? { into, at: { before: handler }, code: 'admit,' }
        : { into, at: { offset: handler.start }, code: 'admit, ' },
    ];
  });
}

/** How the guard is written as Express middleware. */
export const shape: GuardShape = {
  head: 'function admit(‹...[›req, res, next‹]: Parameters<RequestHandler>›)‹: void› {',
  body: 'req.body',
  isAny: true,
  method: 'req.method',
  lastEventId: "req.headers['last-event-id']",
  refuse: [
    "res.set({ 'Retry-After': '1', Connection: 'close' }).status(503).json({ jsonrpc: '2.0', error, id });",
    'return;',
  ],
  response: 'res',
  pass: ['next();'],
};

/** The template of `reportStopping`. */
export function reportStopping({ stops }: GuardUse): string {
  return `/** Load balancers stop sending new requests here. */
function reportStopping(‹...[¦_req›, res, next‹]: Parameters<RequestHandler>›)‹: void› {
  if (${stops}) res.status(503).json({ status: 'stopping' });
  else next();
}`;
}
