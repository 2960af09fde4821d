import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  downloadAndUnzipVSCode,
  resolveCliArgsFromVSCodeExecutablePath,
  runTests,
} from '@vscode/test-electron';
import { cacheFolder } from '../../scripts/editor/cache.mjs';
import { UnavailableError } from '../../scripts/editor/platform.mjs';
import { steadySettings } from '../../scripts/editor/settings.mjs';
import { tests, workspace } from './build.mjs';

/**
 * Runs the suite in desktop VS Code: the one that VSCODE_PATH names, or one that is downloaded.
 *
 * @param {string} vsix
 * @returns {Promise<import('./results.mjs').Result[]>}
 * @throws {UnavailableError} where there is none, or no display to show it on
 */
export async function runSuiteOnDesktop(vsix) {
  const vscode = await provideVsCode();
  const temporary = mkdtempSync(join(tmpdir(), 'mcp-shutdown-desktop-'));
  const folder = join(temporary, 'workspace');
  const resultsFile = join(temporary, 'results.json');
  const userData = join(temporary, 'user-data');
  const profile = ['--user-data-dir', userData, '--extensions-dir', join(temporary, 'extensions')];
  try {
    cpSync(workspace, folder, { recursive: true });
    mkdirSync(join(userData, 'User'), { recursive: true });
    writeFileSync(join(userData, 'User/settings.json'), JSON.stringify(steadySettings));
    installExtension(vscode, vsix, profile);
    await runTests({
      vscodeExecutablePath: vscode,
      extensionDevelopmentPath: tests.driver,
      extensionTestsPath: resolve(tests.suite),
      extensionTestsEnv: { MCP_SHUTDOWN_TEST_RESULTS: resultsFile },
      launchArgs: [folder, '--disable-workspace-trust', ...profile],
    }).catch((error) => {
      // Failed tests are told by their results; without these the run itself went wrong.
      if (!existsSync(resultsFile)) throw error;
    });
    return JSON.parse(readFileSync(resultsFile, 'utf8'));
  } finally {
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function provideVsCode() {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    throw new UnavailableError('it needs a display; run this under "xvfb-run -a".');
  }
  if (process.env.VSCODE_PATH) return process.env.VSCODE_PATH;
  try {
    const cachePath = join(cacheFolder(), 'desktop');
    return await downloadAndUnzipVSCode({ version: 'stable', cachePath, timeout: 30_000 });
  } catch (error) {
    throw new UnavailableError(`it could not be downloaded (${error.message}).`);
  }
}

function installExtension(vscode, vsix, profile) {
  const [cli] = resolveCliArgsFromVSCodeExecutablePath(vscode);
  execFileSync(cli, ['--install-extension', resolve(vsix), '--force', ...profile], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
}
