import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * Where real packages lie that the project itself does not depend on: in MCP_SHUTDOWN_PACKAGES (a node_modules
 * folder), else where `npm test` or `npm run test:behavior` has installed its own. `undefined` where one of them is in neither.
 */
export function realPackages(names: readonly string[]): string | undefined {
  const lock = readFileSync('test/behavior/packages/package-lock.json');
  const hash = createHash('sha256').update(lock).digest('hex').slice(0, 16);
  const userCache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const cache = process.env.MCP_SHUTDOWN_CACHE || join(userCache, 'mcp-graceful-shutdown');
  const folders = [process.env.MCP_SHUTDOWN_PACKAGES ?? '', join(cache, `behavior-${hash}`, 'node_modules')];
  return folders.find((folder) => names.every((name) => existsSync(join(folder, name, 'package.json'))));
}

/** Gives a folder links to packages: what these need is found beside the originals. */
export function linkReal(folder: string, names: readonly string[], from: string): void {
  for (const name of names) {
    const path = join(folder, 'node_modules', name);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(join(from, name), path);
  }
}
