import Router from '@koa/router';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import Koa from 'koa';
import bodyParser from 'koa-bodyparser';
import { wikiServer } from './wiki.js';

const koa = new Koa();
const router = new Router();

router.get('/ready', (ctx) => {
  ctx.body = { ready: true };
});

router.post('/mcp', async (ctx) => {
  ctx.respond = false;
  const server = wikiServer();
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  ctx.res.on('close', () => void server.close());
  await server.connect(transport);
  await transport.handleRequest(ctx.req, ctx.res, ctx.request.body);
});

koa.use(bodyParser());
koa.use(router.routes()).use(router.allowedMethods());
koa.listen(4000, () => console.log('wiki on 4000'));

const onSignal = (signal: NodeJS.Signals) => {
  console.log(`got ${signal}`);
  process.exit(0);
};
process.once('SIGTERM', onSignal);
process.once('SIGINT', onSignal);
