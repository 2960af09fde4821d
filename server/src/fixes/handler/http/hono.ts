import type { ImportLine } from '../imports.ts';
import { returnedListener } from '../places/serving.ts';
import type { HttpFramework } from './framework.ts';
import { admitting, type GuardShape } from './guard.ts';
import { firstMcpRoute, hasStreams, hasSubscriptions, healthRoutes, useBefore } from './routes.ts';

/** Hono on @hono/node-server: middleware on the routes' paths; `serve()` returns the listener. */
export const hono: HttpFramework = {
  name: 'hono',
  listen(start, into) {
    const serving = returnedListener(start, into, (object) => `${object}‹ as HttpServer›`);
    return (
      serving && { ...serving, steps: serving.steps.map((step) => ({ ...step, imports: [httpServer] })) }
    );
  },
  wire(project, server) {
    const guarded = firstMcpRoute(project, server);
    if (!guarded) return undefined;
    const health = healthRoutes(project, server);
    const admit = admitting(shape, hasStreams(server), hasSubscriptions(server));
    return {
      insertions: [useBefore(guarded, 'admit'), ...health.map((route) => useBefore(route, 'reportStopping'))],
      functions: health.length > 0 ? [admit, reportStopping] : [admit],
      hasStreams: hasStreams(server),
      imports: [
        { name: 'HttpBindings', from: '@hono/node-server', isType: true },
        ...['Context', 'Next'].map((name) => ({ name, from: 'hono', isType: true })),
      ],
    };
  },
};

/** `serve()` may give a listener of HTTP/2 as well, as far as its type tells. */
const httpServer: ImportLine = { name: 'HttpServer', exported: 'Server', from: 'node:http', isType: true };

const shape: GuardShape = {
  head: `async function admit(c‹: Context<{ Bindings: HttpBindings }>›, next‹: Next›)‹: Promise<Response | void>› {
  const { outgoing } = c.env;
  // Read only while draining, from a copy: the transport reads it too.
  let body‹: unknown›;
  if (stoppedAt > 0 && c.req.method === 'POST') {
    const source = c.req.raw.bodyUsed ? c.req : c.req.raw.clone();
    body = await source.json().catch(() => undefined);
  }`,
  body: 'body',
  isAny: false,
  method: 'c.req.method',
  lastEventId: "c.req.header('last-event-id')",
  refuse: ["return c.json({ jsonrpc: '2.0', error, id }, 503, { 'Retry-After': '1', Connection: 'close' });"],
  response: 'outgoing',
  pass: ['await next();'],
};

const reportStopping = `/** Load balancers stop sending new requests here. */
async function reportStopping(c‹: Context›, next‹: Next›)‹: Promise<Response | void>› {
  if (stoppedAt > 0) return c.json({ status: 'stopping' }, 503);
  await next();
}`;
