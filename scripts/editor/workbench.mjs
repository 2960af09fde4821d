// Opens the editor's workbench in a headless browser and lets it run a test suite in the extension host.
import { resolve } from 'node:path';
import { launchBrowser } from './browser.mjs';

const viewport = { width: 1100, height: 700 };

/**
 * @typedef {object} Workbench
 * @property {import('playwright-core').Page} page
 * @property {Promise<number | string>} testsEnded the test run's exit code, or what kept it from ending
 * @property {ReadonlySet<string>} strangers other hosts that the workbench wanted to reach; it was not let
 * @property {() => Promise<void>} close
 */

/**
 * @param {string} address what `addressOf` gives
 * @param {number} [scale] pixels of a screenshot per pixel of the page
 * @returns {Promise<Workbench>}
 */
export async function openWorkbench(address, scale = 1) {
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({ viewport, deviceScaleFactor: scale, reducedMotion: 'reduce' });
    const strangers = await refuseOtherHosts(context);
    const page = await context.newPage();
    const { testsEnded } = await listenForEnd(page);
    await page.goto(address, { waitUntil: 'domcontentloaded' });
    return { page, testsEnded, strangers, close: () => browser.close() };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/**
 * The address of a folder's workbench.
 *
 * @param {number} port of the editor's server
 * @param {string} folder
 * @param {{ suite: string, driver: string }} [tests] the module that exports `run`, and the folder of the extension
 *   on whose behalf it is run
 */
export function addressOf(port, folder, tests) {
  const origin = `127.0.0.1:${port}`;
  const address = new URL(`http://${origin}/`);
  address.searchParams.set('folder', resolve(folder));
  if (tests) {
    const onServer = (path) => `vscode-remote://${origin}${resolve(path)}`;
    const payload = [
      ['extensionDevelopmentPath', onServer(tests.driver)],
      ['extensionTestsPath', onServer(tests.suite)],
    ];
    address.searchParams.set('payload', JSON.stringify(payload));
  }
  return address.href;
}

async function refuseOtherHosts(context) {
  const strangers = new Set();
  const isStranger = ({ protocol, hostname }) =>
    /^(https?|wss?):$/.test(protocol) && hostname !== '127.0.0.1';
  await context.route(isStranger, (route) => {
    strangers.add(new URL(route.request().url()).host);
    return route.abort();
  });
  return strangers;
}

/** The workbench calls these two functions of its page where a test run was asked for. */
async function listenForEnd(page) {
  let finish;
  const testsEnded = new Promise((done) => {
    finish = done;
  });
  await page.exposeFunction('codeAutomationExit', (code) => finish(code));
  // Everything that any part of the workbench logs. The suite writes its results to a file instead.
  await page.exposeFunction('codeAutomationLog', () => {});
  page.on('crash', () => finish('the page crashed'));
  return { testsEnded };
}
