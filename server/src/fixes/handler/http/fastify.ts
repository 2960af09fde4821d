import type { Expr } from '../../../languages/source/facts.ts';
import type { Project } from '../../../project/project.ts';
import type { Route } from '../../../project/serving.ts';
import type { ServerStart } from '../../../project/transports.ts';
import type { ImportLine } from '../../source/imports.ts';
import type { Insertion } from '../../source/insertion.ts';
import { type PlannedFile, plannedFile } from '../../source/plannedFile.ts';
import { statementWithRoom } from '../places/blocks.ts';
import { inOptions } from '../places/options.ts';
import { closing, type Serving } from '../places/serving.ts';
import type { HttpFramework } from './framework.ts';
import { admitting, type GuardShape, type GuardUse } from './guard.ts';
import { hasStreams, hasSubscriptions } from './routes.ts';

/** Fastify 4 and 5: hooks on the routes themselves, where the body is parsed; closing the app closes its listener. */
export const fastify: HttpFramework = {
  name: 'fastify',
  listen: closableApp,
  guard(project, server, use) {
    const guards = hooks(project, server.routes.filter(isMcpRoute), 'preHandler: admit');
    if (!guards || guards.length === 0) return undefined;
    return {
      insertions: guards,
      functions: [admitting(shape, use, hasStreams(server), hasSubscriptions(server))],
      hasStreams: hasStreams(server),
      imports: typesOf('FastifyReply', 'FastifyRequest'),
      closeListener: { code: closeListener(hasStreams(server)), imports: typesOf('FastifyInstance') },
    };
  },
  health(project, routes, use) {
    return {
      insertions: hooks(project, routes, 'onRequest: reportStopping') ?? [],
      functions: [reportStopping(use)],
      imports: typesOf('FastifyReply', 'FastifyRequest'),
    };
  },
};

function typesOf(...names: readonly string[]): ImportLine[] {
  return names.map((name) => ({ name, from: 'fastify', isType: true }));
}

function isMcpRoute({ handsTo, method }: Route): boolean {
  return handsTo === 'streamable-http' && method !== 'use';
}

/** `app.listen(...)` gives an address: what is closed is the app, under the name it is called by. */
function closableApp({ fn, call }: ServerStart, into: PlannedFile): Serving | undefined {
  const object = call.callee.kind === 'member' ? call.callee.object : undefined;
  const statement = statementWithRoom(into, fn, call);
  const isConst = object?.kind === 'name' && into.facts.bindings[object.binding]?.kind === 'const';
  if (!statement || !isConst) return undefined;
  return { statement, insertions: [], steps: [closing(object.name)] };
}

/** A hook in the options of each route; `undefined` where one has no place for it. */
function hooks(project: Project, routes: readonly Route[], property: string): Insertion[] | undefined {
  const byCall = new Map(routes.map((route) => [route.call, route]));
  const found = [...byCall.values()].map((route) => hook(project, route, property));
  return found.every((each) => each !== undefined) ? found : undefined;
}

function hook(project: Project, { path, call }: Route, property: string): Insertion | undefined {
  const into = plannedFile(project, path);
  const isByOptions = call.callee.kind === 'member' && call.callee.property === 'route';
  const [first, second, third] = call.args;
  if (!into || (isByOptions ? !first : !second)) return undefined;
  if (!isByOptions && !third && second) return withOptions(into, second, property);
  const options = isByOptions ? first : second;
  return options && inOptions(into, options, property);
}

/** `app.post('/mcp', handler)` gets options in between. */
function withOptions(into: PlannedFile, handler: Expr, property: string): Insertion | undefined {
  if (handler.kind === 'object') return inOptions(into, handler, property);
  return { into, at: { offset: handler.start }, code: `{ ${property} }, ` };
}

const shape: GuardShape = {
  head: 'async function admit(request‹: FastifyRequest›, reply‹: FastifyReply›)‹: Promise<unknown>› {',
  body: 'request.body',
  isAny: false,
  method: 'request.method',
  lastEventId: "request.headers['last-event-id']",
  refuse: [
    "const headers = { 'Retry-After': '1', Connection: 'close' };",
    "return reply.code(503).headers(headers).send({ jsonrpc: '2.0', error, id });",
  ],
  response: 'reply.raw',
  pass: ['return undefined;'],
};

function reportStopping({ stops }: GuardUse): string {
  return `/** Load balancers stop sending new requests here. */
async function reportStopping(_request‹: FastifyRequest›, reply‹: FastifyReply›)‹: Promise<unknown>› {
  return ${stops} ? reply.code(503).send({ status: 'stopping' }) : undefined;
}`;
}

function closeListener(withStreams: boolean): string {
  return `/** Sockets that were opened and never used count as active: they are ended last. */
function closeListener(app‹: FastifyInstance›)‹: PromiseLike<unknown>› {${withStreams ? '\n  for (const stream of streams) stream.end();' : ''}
  setTimeout(() => app.server.closeAllConnections(), 300);
  return app.close();
}`;
}
