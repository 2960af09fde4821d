import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { type Browser, chromium } from 'playwright';
import { z } from 'zod';

/** One browser and one MCP server for each client. */
export class BrowserSession {
  readonly mcp = new McpServer({ name: 'browser', version: '1.0.0' });
  private browser?: Browser;

  constructor(private readonly id: string) {
    this.mcp.registerTool('open', { inputSchema: { url: z.string() } }, async ({ url }) => {
      this.browser ??= await chromium.launch();
      const page = await this.browser.newPage();
      await page.goto(url);
      return { content: [{ type: 'text', text: await page.title() }] };
    });
    process.on('SIGINT', () => this.dispose());
    process.on('SIGTERM', () => this.dispose());
  }

  async dispose(): Promise<void> {
    console.error(`closing session ${this.id}`);
    await this.browser?.close();
    await this.mcp.close();
    process.exit(0);
  }
}
