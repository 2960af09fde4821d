import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js"
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js"
import express from "express"
import pg from "pg"

const pool = new pg.Pool()
const calls = new Set()
const app = express()
app.use(express.json())

app.post("/mcp", async (request, response) => {
	const server = new McpServer({ name: "notes", version: "1.0.0" })
	server.registerTool("count_notes", {}, async () => ({ content: [{ type: "text", text: "0" }] }))
	const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined })
	await server.connect(transport)
	const call = transport.handleRequest(request, response, request.body)
	calls.add(call)
	await call.finally(() => calls.delete(call))
})

const listener = app.listen(3000)
let stopping

async function shutDown(signal) {
	setTimeout(() => process.exit(1), 9_000).unref()
	console.error(`${signal} received`)
	listener.close()
	const limit = new Promise((resolve) => setTimeout(resolve, 5_000))
	await Promise.race([Promise.allSettled([...calls]), limit])
	void pool.end() // the calls are done
	process.exit(0)
}

for (const signal of ["SIGTERM", "SIGINT"]) {
	process.on(signal, () => (stopping ??= shutDown(signal)))
}
