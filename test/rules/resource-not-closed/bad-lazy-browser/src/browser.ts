import { type Browser, chromium } from 'playwright';

let browser: Browser | undefined;

/** A browser that has crashed is replaced. */
async function ensureBrowser(): Promise<Browser> {
  if (browser && !browser.isConnected()) {
    await browser.close();
    browser = await chromium.launch({ headless: true });
  }
  if (!browser) browser = await chromium.launch();
  return browser;
}

export async function report(): Promise<string> {
  const page = await (await ensureBrowser()).newPage();
  try {
    await page.goto('https://status.example.com');
    return await page.title();
  } finally {
    await page.close();
  }
}
