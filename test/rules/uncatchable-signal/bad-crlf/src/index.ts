import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

const server = new McpServer({ name: 'crlf', version: '1.0.0' });
process.on('SIGTERM', () => server.close().then(() => process.exit(0)));
process.on('SIGKILL', () => process.exit(1)); // last resort
process.on("SIGSTOP", () => process.exit(1));

await server.connect(new StdioServerTransport());
