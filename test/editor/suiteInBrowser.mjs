import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { whenThisProcessEnds } from '../../scripts/editor/lifetime.mjs';
import { startServer } from '../../scripts/editor/server.mjs';
import { steadySettings } from '../../scripts/editor/settings.mjs';
import { addressOf, openWorkbench } from '../../scripts/editor/workbench.mjs';
import { tests, workspace } from './build.mjs';

const timeout = 400_000;

/**
 * Runs the suite in the extension host of the editor from npm.
 *
 * @param {string} vsix
 * @returns {Promise<import('./results.mjs').Result[]>}
 * @throws with the editor's logs when the run did not get to its end
 */
export async function runSuiteInBrowser(vsix) {
  const temporary = mkdtempSync(join(tmpdir(), 'mcp-shutdown-suite-'));
  const forget = whenThisProcessEnds(() => rmSync(temporary, { recursive: true, force: true }));
  const folder = join(temporary, 'workspace');
  cpSync(workspace, folder, { recursive: true });
  const resultsFile = join(temporary, 'results.json');
  const server = await startServer({
    vsix,
    settings: steadySettings,
    isTest: true,
    environment: { MCP_SHUTDOWN_TEST_RESULTS: resultsFile },
  });
  try {
    const end = await runIn(server, folder);
    if (existsSync(resultsFile)) return JSON.parse(readFileSync(resultsFile, 'utf8'));
    throw new Error(`The tests did not run to their end (${end}).\n${server.logs()}`);
  } finally {
    await server.stop();
    rmSync(temporary, { recursive: true, force: true });
    forget();
  }
}

async function runIn(server, folder) {
  const workbench = await openWorkbench(addressOf(server.port, folder, tests));
  let timer;
  const tooLate = new Promise((done) => {
    timer = setTimeout(done, timeout, `nothing came within ${timeout / 1000} s`);
  });
  try {
    const end = await Promise.race([
      workbench.testsEnded,
      server.ended.then(() => 'the server ended'),
      tooLate,
    ]);
    if (end !== 0) await workbench.page.screenshot({ path: 'out/shots/suite-failed.png' });
    return end;
  } finally {
    clearTimeout(timer);
    await workbench.close();
  }
}
