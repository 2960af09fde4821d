const { McpServer } = require('@modelcontextprotocol/sdk/server/mcp.js');
const { StdioServerTransport } = require('@modelcontextprotocol/sdk/server/stdio.js');
const { z } = require('zod');
const RepoClient = require('./client');

class RepoServer {
  constructor() {
    this.client = new RepoClient(process.env.GIT_TOKEN);
    this.server = new McpServer({ name: 'repos', version: '1.0.0' });
    this.server.tool('issues', { repo: z.string() }, this.listIssues.bind(this));
  }

  async listIssues({ repo }) {
    const issues = await this.client.issues(repo);
    return { content: [{ type: 'text', text: JSON.stringify(issues) }] };
  }
}

new RepoServer().server.connect(new StdioServerTransport());
