import type { ImportLine } from '../../source/imports.ts';
import { returnedListener } from '../places/serving.ts';
import type { HttpFramework } from './framework.ts';
import { admitting, type GuardShape, type GuardUse } from './guard.ts';
import { firstMcpRoutes, hasStreams, hasSubscriptions, routeStatements, useBefore } from './routes.ts';

/** Hono on @hono/node-server: middleware on the routes' paths; `serve()` returns the listener. */
export const hono: HttpFramework = {
  name: 'hono',
  listen(start, into) {
    const serving = returnedListener(start, into, (object) => `${object}‹ as HttpServer›`);
    return (
      serving && { ...serving, steps: serving.steps.map((step) => ({ ...step, imports: [httpServer] })) }
    );
  },
  guard(project, server, use) {
    const guarded = firstMcpRoutes(project, server);
    if (!guarded) return undefined;
    return {
      insertions: guarded.map((route) => useBefore(route, 'admit')),
      functions: [admitting(shapeFor(use), use, hasStreams(server), hasSubscriptions(server))],
      hasStreams: hasStreams(server),
      imports: [{ name: 'HttpBindings', from: '@hono/node-server', isType: true }, ...types],
    };
  },
  health(project, routes, use) {
    const statements = routeStatements(project, routes);
    return {
      insertions: statements.map((route) => useBefore(route, 'reportStopping')),
      functions: [reportStopping(use)],
      imports: types,
    };
  },
};

const types: readonly ImportLine[] = ['Context', 'Next'].map((name) => ({
  name,
  from: 'hono',
  isType: true,
}));

/** `serve()` may give a listener of HTTP/2 as well, as far as its type tells. */
const httpServer: ImportLine = { name: 'HttpServer', exported: 'Server', from: 'node:http', isType: true };

function shapeFor({ stops, keeps }: GuardUse): GuardShape {
  return {
    head: `async function admit(c‹: Context<{ Bindings: HttpBindings }>›, next‹: Next›)‹: Promise<Response | void>› {${keeps === 'nothing' ? '' : '\n  const { outgoing } = c.env;'}
  // Read only while draining, from a copy: the transport reads it too.
  let body‹: unknown›;
  if (${stops} && c.req.method === 'POST') {
    const source = c.req.raw.bodyUsed ? c.req : c.req.raw.clone();
    body = await source.json().catch(() => undefined);
  }`,
    body: 'body',
    isAny: false,
    method: 'c.req.method',
    lastEventId: "c.req.header('last-event-id')",
    refuse: [
      "return c.json({ jsonrpc: '2.0', error, id }, 503, { 'Retry-After': '1', Connection: 'close' });",
    ],
    response: 'outgoing',
    pass: ['await next();'],
  };
}

function reportStopping({ stops }: GuardUse): string {
  return `/** Load balancers stop sending new requests here. */
async function reportStopping(c‹: Context›, next‹: Next›)‹: Promise<Response | void>› {
  if (${stops}) return c.json({ status: 'stopping' }, 503);
  await next();
}`;
}
