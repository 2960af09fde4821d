import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js"
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js"
import express from "express"

class NotesServer {
	constructor() {
		this.app = express()
		this.app.use(express.json())
		this.app.post("/mcp", async (req, res) => {
			const server = new McpServer({ name: "notes", version: "1.0.0" })
			const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined })
			await server.connect(transport)
			await transport.handleRequest(req, res, req.body)
		})
	}

	start() {
		this.listener = this.app.listen(3000)

		process.on("SIGTERM", () => {
			console.log("stopping")
			this.listener.close()
			process.exit(0)
		})

		process.on("SIGINT", () => {
			this.listener.close()
			process.exit(0)
		})
	}
}

new NotesServer().start()
