import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js"
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js"
import pg from "pg"
import { log } from "./log.js"

const pool = new pg.Pool()
const server = new McpServer({ name: "recipes", version: "1.0.0" })
const running = new Set()

server.registerTool("count", {}, async () => {
	const call = pool.query("select count(*) from recipes")
	running.add(call)
	try {
		const { rows } = await call
		return { content: [{ type: "text", text: JSON.stringify(rows) }] }
	} finally {
		running.delete(call)
	}
})

let isStopping = false

for (const signal of ["SIGTERM", "SIGINT"]) {
	process.on(signal, async () => {
		if (isStopping) return
		isStopping = true
		log.info({ signal }, "stopping")
		setTimeout(() => process.exit(1), 9_000).unref()
		await Promise.race([Promise.allSettled(running), new Promise((resolve) => setTimeout(resolve, 5_000))])
		await pool.end()
		await server.close()
		process.exit(0)
	})
}

await server.connect(new StdioServerTransport())
