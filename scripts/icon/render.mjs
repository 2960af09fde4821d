// Renders the extension's icon, which has to be a bitmap: node scripts/icon/render.mjs
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser } from '../editor/browser.mjs';

const size = 256;
const svg = readFileSync(join(import.meta.dirname, 'icon.svg'), 'utf8');

const browser = await launchBrowser();
try {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body { margin: 0 }</style>${svg}`);
  await page.screenshot({ path: 'docs/images/icon.png', omitBackground: true });
} finally {
  await browser.close();
}
