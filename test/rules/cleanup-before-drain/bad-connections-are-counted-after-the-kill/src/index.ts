import express from 'express';
import { destroySession, sessionFor, sessionIds } from './sessions.js';

let activeRequests = 0;
const app = express();
app.use(express.json());
app.use((_req, res, next) => {
  activeRequests++;
  res.once('close', () => activeRequests--);
  next();
});
app.all('/mcp', async (req, res) => {
  const transport = await sessionFor(req.get('mcp-session-id'));
  await transport.handleRequest(req, res, req.body);
});
const httpServer = app.listen(3000);

let stopping = false;
const shutdown = async (signal: string) => {
  if (stopping) return;
  stopping = true;
  console.error(`${signal}: shutting down`);
  setTimeout(() => process.exit(1), 20_000).unref();

  httpServer.close();
  await Promise.allSettled(sessionIds().map((id) => destroySession(id)));

  const deadline = Date.now() + 10_000;
  while (activeRequests > 0 && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  process.exit(activeRequests === 0 ? 0 : 1);
};
process.on('SIGTERM', () => shutdown('SIGTERM'));
process.on('SIGINT', () => shutdown('SIGINT'));
