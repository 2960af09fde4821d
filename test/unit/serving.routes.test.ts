import { describe, expect, test } from 'vitest';
import { nodeFileSystem } from '../../server/src/nodeFileSystem.ts';
import type { McpServer } from '../../server/src/project/server.ts';
import { isHealthRoute, isPassedBefore, type Route } from '../../server/src/project/serving.ts';
import { Workspace } from '../../server/src/project/workspace.ts';
import { tempFolder } from '../support/tempFolder.ts';

const manifest = JSON.stringify({
  name: 'orders',
  type: 'module',
  main: 'index.js',
  dependencies: { '@modelcontextprotocol/sdk': '1' },
});

const imports = `import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
const transport = new StreamableHTTPServerTransport({});
`;

async function serverOf(text: string, others: Record<string, string> = {}): Promise<McpServer> {
  const folder = tempFolder({ 'package.json': manifest, 'index.js': imports + text, ...others });
  const workspace = new Workspace(nodeFileSystem);
  workspace.configure([folder], { trusted: false });
  const { servers } = await workspace.snapshot();
  expect(servers).toHaveLength(1);
  return servers[0]!;
}

/** `POST /mcp streamable-http`, one a route. */
async function routesOf(text: string, others?: Record<string, string>): Promise<string[]> {
  const { routes } = await serverOf(text, others);
  return routes.map(({ framework, method, pattern = '-', handsTo = '' }) =>
    `${framework} ${method} ${pattern} ${handsTo}`.trim(),
  );
}

describe('routes of a framework', () => {
  test('Express: verbs, middleware, a router, a chain, a wrapped handler', async () => {
    const routes = await routesOf(`
import express, { Router } from 'express';
const app = express();
app.use(express.json());
const router = Router();
const serve = async (req, res) => transport.handleRequest(req, res, req.body);
router.post('/mcp', guarded(async (req, res) => { await serve(req, res); }));
app.use('/api', router);
app.route('/rpc').get(serve).delete((req, res) => res.end());
app.get('/health', (req, res) => res.json({}));
app.get('trust proxy');
app.listen(3000);
`);
    expect(routes).toEqual([
      'express use -',
      'express post /mcp streamable-http',
      'express use /api',
      'express delete /rpc',
      'express get /rpc streamable-http',
      'express get /health',
    ]);
  });

  test('Fastify: verbs with options, a route object with several methods, a plugin in another file', async () => {
    const plugin = `export async function routes(app) {
  app.get('/healthz', { logLevel: 'warn' }, async () => ({}));
}`;
    const routes = await routesOf(
      `
import Fastify from 'fastify';
import { routes } from './plugin.js';
const app = Fastify();
routes(app);
app.route({
  method: ['GET', 'POST'],
  url: '/mcp',
  handler: (request, reply) => transport.handleRequest(request.raw, reply.raw, request.body),
});
app.listen({ port: 3000 });
`,
      { 'plugin.js': plugin },
    );
    expect(routes.sort()).toEqual([
      'fastify get /healthz',
      'fastify get /mcp streamable-http',
      'fastify post /mcp streamable-http',
    ]);
  });

  test('Hono: a list of methods', async () => {
    const routes = await routesOf(`
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
const app = new Hono();
app.on(['POST', 'DELETE'], '/mcp', (c) => transport.handleRequest(c.req.raw));
serve({ fetch: app.fetch });
`);
    expect(routes).toEqual(['hono post /mcp streamable-http', 'hono delete /mcp streamable-http']);
  });

  test('Koa: a router, and comparisons in middleware', async () => {
    const routes = await routesOf(`
import Koa from 'koa';
import Router from '@koa/router';
const app = new Koa();
const router = new Router();
router.get('/readyz', (ctx) => { ctx.body = 'ok'; });
app.use(router.routes());
app.use(async (ctx, next) => {
  if (ctx.path === '/mcp' && ctx.method === 'POST') await transport.handleRequest(ctx.req, ctx.res);
  else await next();
});
app.listen(3000);
`);
    expect(routes).toContain('koa get /readyz');
    expect(routes).toContain('koa post /mcp streamable-http');
  });
});

describe('branches of a plain request listener', () => {
  const withListener = (body: string) => `
import { createServer } from 'node:http';
createServer(async (req, res) => {
${body}
}).listen(3000);
`;

  test('early returns, else-if chains, a switch', async () => {
    const early = withListener(`
  const { pathname } = new URL(req.url, 'http://localhost');
  if (pathname === '/health') { res.end('ok'); return; }
  if (pathname !== '/mcp') { res.writeHead(404).end(); return; }
  await transport.handleRequest(req, res);`);
    expect(await routesOf(early)).toEqual(['http all /health', 'http all /mcp streamable-http']);
    const chain = withListener(`
  const path = req.url?.split('?')[0];
  if (path === '/livez') res.end();
  else if (req.method === 'POST' && path.startsWith('/mcp')) await transport.handleRequest(req, res);
  else res.writeHead(404).end();`);
    expect(await routesOf(chain)).toEqual(['http all /livez', 'http post /mcp streamable-http']);
    const cases = withListener(`
  switch (req.url) {
    case '/status': res.end(); break;
    case '/mcp': await transport.handleRequest(req, res); break;
  }`);
    expect(await routesOf(cases)).toEqual(['http all /status', 'http all /mcp streamable-http']);
  });

  test('a function that the listener hands requests to', async () => {
    const text = `${withListener('  await route(req, res);')}
async function route(req, res) {
  if (req.url === '/mcp') return serve(req, res);
  res.writeHead(404).end();
}
const serve = (req, res) => transport.handleRequest(req, res);`;
    expect(await routesOf(text)).toEqual(['http all /mcp streamable-http']);
  });

  test('a listener that tells no paths apart is one route', async () => {
    const text = withListener('  await transport.handleRequest(req, res);');
    expect(await routesOf(text)).toEqual(['http all - streamable-http']);
  });

  test('a method of the own class that is called handleRequest is no transport', async () => {
    const text = `
import { createServer } from 'node:http';
class Router {
  handleRequest(req, res) { res.end(); }
}
const router = new Router();
createServer((req, res) => {
  if (req.url === '/other') router.handleRequest(req, res);
  if (req.url === '/mcp') transport.handleRequest(req, res);
}).listen(3000);`;
    expect(await routesOf(text)).toEqual(['http all /other', 'http all /mcp streamable-http']);
  });
});

test('what a function that a stranger passed on does is not what this route does', async () => {
  const routes = await routesOf(`
import express from 'express';
const app = express();
const within = (run) => run();
app.post('/mcp', (req, res) => within(() => transport.handleRequest(req, res, req.body)));
app.post('/export', (req, res) => within(() => res.end()));
app.listen(3000);
`);
  expect(routes).toEqual(['express post /mcp streamable-http', 'express post /export']);
});

test('which paths ask for health, and what a request passes first', async () => {
  const { routes } = await serverOf(`
import express from 'express';
const app = express();
app.use((req, res, next) => next());
for (const path of ['/health']) app.get('/api/health', (req, res) => res.end());
app.post('/health', (req, res) => res.end());
app.get('/healthcare', (req, res) => res.end());
app.get('/ready', (req, res) => res.end());
app.all('/mcp', (req, res) => transport.handleRequest(req, res));
app.listen(3000);
`);
  const health = routes.filter(isHealthRoute).map(({ pattern }) => pattern);
  expect(health).toEqual(['/api/health', '/ready']);
  const mcp = routes.find(({ handsTo }) => handsTo) as Route;
  expect(isPassedBefore(routes[0]!, mcp)).toBe(true);
  expect(isPassedBefore(mcp, routes[0]!)).toBe(false);
  expect(isPassedBefore({ ...mcp, fn: mcp.fn + 1 }, mcp)).toBeUndefined();
});
