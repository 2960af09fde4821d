import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { McpAgent } from 'agents/mcp';

export class RatesAgent extends McpAgent {
  server = new McpServer({ name: 'rates', version: '1.0.0' });
  async init() {}
}

export default RatesAgent.serve('/mcp');
