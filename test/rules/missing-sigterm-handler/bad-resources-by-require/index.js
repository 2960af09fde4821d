const { McpServer } = require("@modelcontextprotocol/sdk/server/mcp.js")
const { StreamableHTTPServerTransport } = require("@modelcontextprotocol/sdk/server/streamableHttp.js")
const fastify = require("fastify")
const Redis = require("ioredis")
const { z } = require("zod")
const logger = require("./logger")

const redis = new Redis(process.env.REDIS_URL)

function buildServer() {
	const server = new McpServer({ name: "cache", version: "0.1.0" })
	server.tool("get", { key: z.string() }, async ({ key }) => {
		const value = await redis.get(key)
		return { content: [{ type: "text", text: value ?? "" }] }
	})
	return server
}

async function start() {
	const app = fastify({ logger: true })
	app.get("/healthz", async () => ({ status: "ok" }))
	app.post("/mcp", async (request, reply) => {
		const server = buildServer()
		const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined })
		reply.hijack()
		await server.connect(transport)
		await transport.handleRequest(request.raw, reply.raw, request.body)
	})
	await app.listen({ port: 3000, host: "0.0.0.0" })
	logger.info("started")
}

start()
