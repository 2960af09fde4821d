import { type Browser, chromium } from 'playwright-core';

/** The browsers in the cloud, by session; each costs money while it runs. */
export class SessionManager {
  private readonly browsers = new Map<string, Browser>();

  async open(id: string): Promise<Browser> {
    let browser = this.browsers.get(id);
    if (!browser) {
      browser = await chromium.connectOverCDP(process.env.BROWSER_WS ?? '');
      this.browsers.set(id, browser);
    }
    return browser;
  }

  async closeAllSessions(): Promise<void> {
    await Promise.all([...this.browsers.values()].map((browser) => browser.close()));
    this.browsers.clear();
  }
}
