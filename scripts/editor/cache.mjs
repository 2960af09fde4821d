// A folder outside the repository for what the editor tests download once: the editor, a Node for it, a browser.
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { UnavailableError } from './platform.mjs';

const completed = '.complete';

/** Where downloads are kept: MCP_SHUTDOWN_CACHE, else the user's cache folder. */
export function cacheFolder() {
  const userCache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return process.env.MCP_SHUTDOWN_CACHE || join(userCache, 'mcp-graceful-shutdown');
}

/**
 * The cached folder of that name, made by `fill` when it is not there yet.
 *
 * It is filled under another name and then renamed, so that an interrupted or concurrent run never leaves
 * a half-filled folder behind. `name` has to change whenever `fill` would give something else.
 *
 * @param {string} name
 * @param {(folder: string) => Promise<void>} fill gets an empty folder
 * @returns {Promise<string>}
 * @throws {UnavailableError} when `fill` fails
 */
export async function cached(name, fill) {
  const folder = join(cacheFolder(), name);
  if (existsSync(join(folder, completed))) return folder;
  mkdirSync(cacheFolder(), { recursive: true });
  const partial = mkdtempSync(join(cacheFolder(), `${name}.partial-`));
  try {
    await fill(partial);
    writeFileSync(join(partial, completed), '');
    moveInto(partial, folder);
  } catch (error) {
    throw new UnavailableError(error.message, { cause: error });
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  return folder;
}

function moveInto(partial, folder) {
  try {
    renameSync(partial, folder);
  } catch (error) {
    // Another run was faster: its folder is as good as ours.
    if (!existsSync(join(folder, completed))) throw error;
  }
}
