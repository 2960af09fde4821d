import type { RequestHandler } from 'express';
import { state } from './state.js';

export const guard: RequestHandler = (req, res, next) => {
  if (!state.isShuttingDown || req.body?.id === undefined) {
    next();
    return;
  }
  res.status(503).json({ jsonrpc: '2.0', id: req.body.id, error: { code: -32000, message: 'Shutting down' } });
};
