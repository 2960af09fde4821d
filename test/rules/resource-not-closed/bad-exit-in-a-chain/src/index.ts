import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import Fastify from 'fastify';
import { Redis } from 'ioredis';
import winston from 'winston';

const redis = new Redis();
const audit = winston.createLogger({
	transports: [new winston.transports.File({ filename: 'audit.log' })],
});
const app = Fastify();

app.post('/mcp', async (request, reply) => {
	const server = new McpServer({ name: 'bookings', version: '1.0.0' });
	server.registerTool('book', {}, async () => {
		audit.info('booked');
		await redis.incr('bookings');
		return { content: [{ type: 'text', text: 'booked' }] };
	});
	const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
	await server.connect(transport);
	reply.hijack();
	await transport.handleRequest(request.raw, reply.raw, request.body);
});

await app.listen({ port: 3000 });

const shutdown = (): void => {
	setTimeout(() => process.exit(1), 9_000).unref();
	app
		.close()
		.finally(() => process.exit(0));
};

process.once('SIGTERM', shutdown);
process.once('SIGINT', shutdown);
