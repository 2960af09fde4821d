import { serve } from '@hono/node-server';
import { Hono } from 'hono';

export async function rest() {
  const app = new Hono();
  app.get('/notes', (c) => c.json([]));
  const listener = serve({ fetch: app.fetch, port: 3456 });
  process.on('SIGTERM', async () => {
    await fetch('http://localhost:8500/deregister', { method: 'PUT' });
    listener.close();
    process.exit(0);
  });
}
