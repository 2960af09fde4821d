import express, { type NextFunction, type Request, type Response } from 'express';
import { mcpRouter } from './routes.js';
import { state } from './state.js';

const app = express();
app.use(express.json());
app.use(mcpRouter);

// meant for all requests, and only reached by those that no route above has answered
app.use((_req: Request, res: Response, next: NextFunction) => {
  if (state.isShuttingDown) {
    res.setHeader('Connection', 'close');
    res.status(503).json({ error: 'Server is shutting down' });
    return;
  }
  next();
});

const listener = app.listen(8080);

async function gracefulShutdown(): Promise<void> {
  if (state.isShuttingDown) return;
  state.isShuttingDown = true;
  setTimeout(() => process.exit(1), 9_000).unref();
  const end = Date.now() + 5_000;
  while (state.active > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 100));
  listener.close();
  process.exit(0);
}

process.on('SIGTERM', () => void gracefulShutdown());
process.on('SIGINT', () => void gracefulShutdown());
