// Runs VS Code's server in a process group of its own, with all of its data in a temporary folder.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { provideEditor } from './editorPackage.mjs';
import { whenThisProcessEnds } from './lifetime.mjs';

const startTimeout = 30_000;
const stopTimeout = 3_000;

/**
 * @typedef {object} EditorServer
 * @property {number} port
 * @property {() => Promise<void>} stop ends all of its processes and removes its data
 * @property {() => string} logs what the extension host and the extension logged
 * @property {Promise<void>} ended
 */

/**
 * Starts the editor's server on 127.0.0.1.
 *
 * @param {object} options
 * @param {string} options.vsix the packaged extension, which is installed
 * @param {Record<string, unknown>} options.settings user settings
 * @param {number} [options.port] 0, the default, takes a free one
 * @param {string} [options.token] what a browser must send to be let in; without it everyone on this machine is
 * @param {boolean} [options.isTest] lets a page ask for a test run
 * @param {boolean} [options.asksForTrust] whether workspaces have to be trusted first; else they all are
 * @param {Record<string, string>} [options.environment]
 * @returns {Promise<EditorServer>}
 */
export async function startServer(options) {
  const { node, main } = await provideEditor();
  const data = mkdtempSync(join(tmpdir(), 'mcp-shutdown-editor-'));
  const extensions = join(data, 'extensions');
  const folders = ['--server-data-dir', data, '--extensions-dir', extensions];
  mkdirSync(extensions);
  writeSettings(data, options.settings);
  try {
    execFileSync(node, [main, '--install-extension', resolve(options.vsix), '--force', ...folders], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
    const child = spawn(node, [main, ...serverArguments(options), ...folders], {
      stdio: ['ignore', 'pipe', 'pipe'],
      // Below it are the extension host and the language server: a group can be ended as a whole.
      detached: true,
      env: { ...process.env, EXTENSIONS_GALLERY: '{"serviceUrl":""}', ...options.environment },
    });
    return await whenListening(child, data);
  } catch (error) {
    rmSync(data, { recursive: true, force: true });
    throw error;
  }
}

function writeSettings(data, settings) {
  const folder = join(data, 'data/User');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings, null, 2));
}

function serverArguments({ port = 0, token, isTest, asksForTrust }) {
  return [
    ...['--host', '127.0.0.1', '--port', String(port)],
    ...(token ? ['--connection-token', token] : ['--without-connection-token']),
    ...['--accept-server-license-terms', '--telemetry-level', 'off', '--disable-getting-started-override'],
    ...(isTest ? ['--enable-smoke-test-driver'] : []),
    ...(asksForTrust ? [] : ['--disable-workspace-trust']),
  ];
}

async function whenListening(child, data) {
  const ended = new Promise((done) => child.once('exit', () => done()));
  const killGroup = (signal) => {
    try {
      process.kill(-child.pid, signal);
    } catch {
      // Already gone.
    }
  };
  const forget = whenThisProcessEnds(() => {
    killGroup('SIGKILL');
    rmSync(data, { recursive: true, force: true });
  });
  const stop = async () => {
    killGroup('SIGTERM');
    await Promise.race([ended, delay(stopTimeout)]);
    killGroup('SIGKILL');
    await ended;
    forget();
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const port = await readPort(child);
    return { port, stop, ended, logs: () => readLogs(join(data, 'data/logs')) };
  } catch (error) {
    await stop();
    throw error;
  }
}

function readPort(child) {
  return new Promise((found, failed) => {
    let output = '';
    const fail = (reason) => failed(new Error(`The editor's server ${reason}:\n${output}`));
    const timer = setTimeout(() => fail(`did not start in ${startTimeout / 1000} s`), startTimeout);
    const read = (chunk) => {
      output += chunk;
      const port = /listening on (\d+)/.exec(output)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      found(Number(port));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', failed);
    child.once('exit', (code) => {
      clearTimeout(timer);
      fail(`ended with code ${code}`);
    });
  });
}

function readLogs(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const relevant = files.filter((file) => /(remoteexthost|MCP Shutdown).*\.log$/.test(file));
  return relevant.map((file) => `== ${file}\n${readFileSync(join(folder, file), 'utf8')}`).join('\n');
}

/** @param {number} milliseconds */
function delay(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds).unref());
}
