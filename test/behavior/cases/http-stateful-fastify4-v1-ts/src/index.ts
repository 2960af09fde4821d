import Fastify from 'fastify';
import { mcpRoutes } from './mcp.js';

const start = async () => {
  const app = Fastify({ logger: false });
  app.get('/health', async () => {
    return { status: 'ok' };
  });
  await app.register(mcpRoutes);
  try {
    await app.listen({ port: Number(process.env.PORT ?? 3000) });
  } catch (error) {
    console.error(error);
    process.exit(1);
  }
};

start();
