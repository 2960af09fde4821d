import { createMiddleware } from 'hono/factory';

const phase = { current: 'up' };
let open = 0;

export const inService = createMiddleware(async (c, next) => {
  if (phase.current !== 'up') return c.json({ error: 'stopping' }, 503, { 'Retry-After': '5' });
  open += 1;
  try {
    await next();
  } finally {
    open -= 1;
  }
});

export const isUp = () => phase.current === 'up';

export async function drain(ms) {
  phase.current = 'stopping';
  for (let waited = 0; open > 0 && waited < ms; waited += 50) await new Promise((resolve) => setTimeout(resolve, 50));
}
