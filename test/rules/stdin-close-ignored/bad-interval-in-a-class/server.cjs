const { McpServer } = require('@modelcontextprotocol/sdk/server/mcp.js');
const { StdioServerTransport } = require('@modelcontextprotocol/sdk/server/stdio.js');

class Rates {
  constructor(everyMs) {
    this.latest = {};
    this.timer = setInterval(() => this.refresh(), everyMs);
  }

  async refresh() {
    const answer = await fetch('https://rates.example/latest');
    this.latest = await answer.json();
  }
}

const rates = new Rates(60_000);
const server = new McpServer({ name: 'poller', version: '1.0.0' });
server.tool('rates', async () => ({ content: [{ type: 'text', text: JSON.stringify(rates.latest) }] }));
server.connect(new StdioServerTransport());
