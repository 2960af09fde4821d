import Router from "@koa/router";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import Koa from "koa";

const router = new Router({ prefix: "/api" });

// The load balancer asks for /api/health.
router.get("/health", (ctx) => {
	ctx.body = { status: "ok" };
});

router.post("/mcp", async (ctx) => {
	const server = new McpServer({ name: "wiki", version: "1.0.0" });
	server.registerTool("pages", { description: "Lists the pages" }, async () => {
		const response = await fetch("https://wiki.example.com/pages");
		return { content: [{ type: "text", text: await response.text() }] };
	});
	const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
	await server.connect(transport);
	ctx.respond = false;
	await transport.handleRequest(ctx.req, ctx.res);
});

const app = new Koa();
app.use(router.routes()).use(router.allowedMethods());
app.listen(3000);
