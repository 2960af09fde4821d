import type { Server } from 'node:http';
import type { RequestHandler } from 'express';
import { log } from './log.js';

const DRAIN_TIMEOUT_MS = 4_000;

/** Knows how many tool calls run, and waits for them. */
export class Lifecycle {
  private active = 0;
  private ended: (() => void) | undefined;
  private stopping: Promise<void> | undefined;

  get isDraining(): boolean {
    return this.stopping !== undefined;
  }

  readonly refuseWhileDraining: RequestHandler = (req, res, next) => {
    if (this.isDraining && typeof req.body?.method === 'string' && req.body.id !== undefined) {
      res.status(503).set('Retry-After', '5').json({ jsonrpc: '2.0', id: req.body.id, error: { code: -32000, message: 'Stopping' } });
      return;
    }
    next();
  };

  async track<T>(work: () => Promise<T>): Promise<T> {
    this.active += 1;
    try {
      return await work();
    } finally {
      this.active -= 1;
      if (this.active === 0) this.ended?.();
    }
  }

  stop(listener: Server, steps: Record<string, () => Promise<void>>): Promise<void> {
    this.stopping ??= this.run(listener, steps);
    return this.stopping;
  }

  private async run(listener: Server, steps: Record<string, () => Promise<void>>): Promise<void> {
    setTimeout(() => process.exit(1), DRAIN_TIMEOUT_MS + 4_000);
    await Promise.race([this.idle(), new Promise((resolve) => setTimeout(resolve, DRAIN_TIMEOUT_MS))]);
    const code = this.active === 0 ? 0 : 1;
    for (const [name, step] of Object.entries(steps)) {
      try {
        await step();
      } catch (error) {
        log.error({ error }, `${name} failed`);
      }
    }
    listener.close(() => process.exit(code));
    listener.closeIdleConnections();
    setTimeout(() => listener.closeAllConnections(), 300);
  }

  private idle(): Promise<void> {
    if (this.active === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.ended = resolve;
    });
  }
}

export const lifecycle = new Lifecycle();
