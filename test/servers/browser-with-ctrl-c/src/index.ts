#!/usr/bin/env node
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import puppeteer, { type Browser } from 'puppeteer';
import { z } from 'zod';

let browser: Browser | null = null;

async function getBrowser(): Promise<Browser> {
  if (!browser || !browser.connected) browser = await puppeteer.launch({ headless: true });
  return browser;
}

const server = new McpServer({ name: 'snap', version: '1.0.3' });

server.tool('screenshot', 'Takes a picture of a page', { url: z.string().url() }, async ({ url }) => {
  const page = await (await getBrowser()).newPage();
  try {
    await page.goto(url, { waitUntil: 'networkidle2' });
    const picture = await page.screenshot({ encoding: 'base64' });
    return { content: [{ type: 'image' as const, data: picture, mimeType: 'image/png' }] };
  } finally {
    await page.close();
  }
});

process.on('SIGINT', async () => {
  if (browser) await browser.close();
  await server.close();
  process.exit(0);
});

await server.connect(new StdioServerTransport());
