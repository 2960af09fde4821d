import { returnedListener } from '../places/serving.ts';
import type { HttpFramework } from './framework.ts';
import { firstMcpRoute, healthRoutes, useBefore } from './routes.ts';

/** Express 4 and 5: middleware on the routes' paths; `app.listen()` returns the listener. */
export const express: HttpFramework = {
  name: 'express',
  listen: (start, into) => returnedListener(start, into),
  wire(project, server) {
    const guarded = firstMcpRoute(project, server);
    if (!guarded) return undefined;
    const health = healthRoutes(project, server);
    return {
      insertions: [useBefore(guarded, 'admit'), ...health.map((route) => useBefore(route, 'reportStopping'))],
      functions: health.length > 0 ? [admit, reportStopping] : [admit],
      imports: [{ name: 'RequestHandler', from: 'express', isType: true }],
    };
  },
};

const admit = `/** While draining, new requests are sent away with an answer that lets the client retry elsewhere. */
function admit(...[req, res, next]‹: Parameters<RequestHandler>›)‹: void› {
  const messages = [req.body ?? []].flat();
  const request = messages.find((message) => message?.id !== undefined && message.method !== undefined);
  // A stream that is resumed fetches the answer of a call in flight.
  const isNew = req.method === 'GET' ? !req.headers['last-event-id'] : request !== undefined;
  if (stoppedAt > 0 && isNew) {
    const error = { code: -32000, message: 'The server is shutting down.' };
    const id = request?.id ?? null;
    res.set({ 'Retry-After': '1', Connection: 'close' }).status(503).json({ jsonrpc: '2.0', error, id });
    return;
  }
  // A tool that has returned is not yet an answer that was sent.
  const open = req.method === 'GET' ? streams : answers;
  open.add(res);
  res.once('close', () => open.delete(res));
  next();
}`;

const reportStopping = `/** Load balancers stop sending new requests here. */
function reportStopping(...[, res, next]‹: Parameters<RequestHandler>›)‹: void› {
  if (stoppedAt > 0) res.status(503).json({ status: 'stopping' });
  else next();
}`;
