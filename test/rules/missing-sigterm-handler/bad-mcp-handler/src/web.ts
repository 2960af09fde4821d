import type { Request as Incoming, Response as Outgoing } from 'express';

export function toWebRequest(req: Incoming): Request {
  return new Request(`http://localhost${req.url}`, { method: req.method });
}

export async function sendWebResponse(from: Response, to: Outgoing): Promise<void> {
  to.status(from.status).send(await from.text());
}
