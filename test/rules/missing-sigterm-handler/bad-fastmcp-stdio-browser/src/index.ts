import { FastMCP } from 'fastmcp';
import { chromium } from 'playwright';

const browser = await chromium.launch();
const server = new FastMCP({ name: 'screenshots', version: '1.0.0' });

server.addTool({
  name: 'screenshot',
  execute: async () => {
    const page = await browser.newPage();
    return (await page.screenshot()).toString('base64');
  },
});

await server.start({ transportType: 'stdio' });
