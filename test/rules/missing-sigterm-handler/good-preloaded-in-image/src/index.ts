import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

await new McpServer({ name: 'traced', version: '1.0.0' }).connect(new StdioServerTransport());
