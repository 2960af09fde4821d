import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { drain } from "lifecycle-kit";

export async function main(): Promise<void> {
	const server = new McpServer({ name: "notes", version: "1.0.0" });
	process.on(
		"SIGINT",
		async () => {
			await drain(server);
			process.exit(0);
		},
	);
	await server.connect(new StdioServerTransport());
}

main();
