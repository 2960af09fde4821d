import { chromium } from 'playwright-core';
import { provideBrowser } from './browserPackage.mjs';

/** Nothing but the pages that are opened: no sandbox that containers forbid, no look-ups of its own. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts a headless Chromium, which is downloaded first where the machine has none.
 * It ends with this process; signals are left to this process.
 *
 * @returns {Promise<import('playwright-core').Browser>}
 */
export async function launchBrowser() {
  const { executable, environment } = await provideBrowser();
  return chromium.launch({
    executablePath: executable,
    env: { ...process.env, ...environment },
    args: flags,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}
