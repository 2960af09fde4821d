import { MCPTool } from 'mcp-framework';

class PurgeTool extends MCPTool<object> {
  name = 'purge';
  description = 'Purges the cache';
  schema = {};

  async execute() {
    this.check();
    return 'purged';
  }

  private check() {
    if (!process.env.CACHE) process.exit(1);
  }
}

export default PurgeTool;
