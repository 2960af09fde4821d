// npm start [folder] [-- OPTIONS]: builds the product, prints what the command line finds in a
// folder (default: examples/) and opens the extension on it.
import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findOnPath } from './editor/browserPackage.mjs';
import { startServer } from './editor/server.mjs';
import { quietSettings } from './editor/settings.mjs';

const root = resolve(import.meta.dirname, '..');

const usage = `npm start [folder] -- [--browser] [--port N] [--no-open]
  folder      what to open (default: examples)
  --browser   in the browser, also where there is a desktop VS Code
  --port N    the port of the editor in the browser (default: a free one)
  --no-open   only print its address`;

function readOptions() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      browser: { type: 'boolean', default: false },
      port: { type: 'string', default: '0' },
      'no-open': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  // npm runs this in the repository; a folder is meant from where the person stands.
  const here = process.env.INIT_CWD ?? process.cwd();
  const folder = positionals[0] ? resolve(here, positionals[0]) : join(root, 'examples');
  if (positionals.length > 1) throw new Error('One folder at a time.');
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new Error(`There is no folder ${folder}.`);
  if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535) {
    throw new Error(`--port ${values.port} is no port number.`);
  }
  return { ...values, folder, port: Number(values.port), opens: !values['no-open'] };
}

/** @returns {number | null} its exit code */
function run(script, args = [], stdout = 'inherit') {
  const stdio = ['inherit', stdout, 'inherit'];
  return spawnSync(process.execPath, [join(root, script), ...args], { cwd: root, stdio }).status;
}

/** What is built is of no interest here, what goes wrong is: that is written to stderr. */
function build(script) {
  if (run(script, [], 'ignore') !== 0) throw new Error(`${script} could not build the product.`);
}

function printFindings(folder) {
  console.log(`\nmcp-shutdown check ${folder}\n`);
  run('dist/cli.cjs', ['check', folder]);
  console.log('');
}

/** @returns {boolean} whether the desktop editor took it */
function openOnDesktop(folder) {
  const code = findOnPath(process.platform === 'win32' ? ['code.cmd'] : ['code']);
  if (!code) return false;
  const args = [`--extensionDevelopmentPath=${root}`, '--new-window', folder];
  const isShellScript = process.platform === 'win32';
  const quoted = isShellScript ? args.map((arg) => `"${arg}"`) : args;
  const command = isShellScript ? `"${code}"` : code;
  const { status } = spawnSync(command, quoted, { stdio: 'inherit', shell: isShellScript });
  if (status === 0) console.log(`VS Code opens ${folder}.`);
  else console.log(`"code" ended with ${status}; the editor opens in the browser instead.`);
  return status === 0;
}

async function serveInBrowser({ folder, port, opens }) {
  build('scripts/package.mjs');
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  // Without it, everybody on this machine could open a terminal as this user.
  const token = randomUUID();
  const server = await startServer({
    vsix: join(root, `out/${name}-${version}.vsix`),
    settings: quietSettings,
    port,
    token,
  });
  const path = encodeURIComponent(folder).replaceAll('%2F', '/');
  const address = `http://127.0.0.1:${server.port}/?folder=${path}&tkn=${token}`;
  console.log(`\nVS Code with the extension: ${address}\nCtrl+C stops it.`);
  if (opens) openAddress(address);
  const reason = await Promise.race([signalled(), server.ended.then(() => 'ended')]);
  await server.stop();
  if (reason === 'ended') throw new Error('The editor ended.');
  console.log('\nStopped.');
}

function signalled() {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => done(signal));
  });
}

/** Shows the address in the person's browser, where there is one; the printed address serves otherwise. */
function openAddress(address) {
  const opener = findOnPath(['xdg-open']);
  const hasDisplay = process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (opener && hasDisplay) spawn(opener, [address], { stdio: 'ignore', detached: true }).unref();
}

try {
  const options = readOptions();
  if (options.help) {
    console.log(usage);
  } else {
    build('esbuild.mjs');
    printFindings(options.folder);
    if (options.browser || !openOnDesktop(options.folder)) await serveInBrowser(options);
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
