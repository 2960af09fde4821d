import { readdirSync, readFileSync } from 'node:fs';
import { extension } from './support.ts';

/** Whether the running processes can be seen here, without a tool that may be missing. */
export const canListProcesses = process.platform === 'linux';

/** The process ids of the extension's language server. */
export function serverProcesses(): number[] {
  const program = `${extension().extensionPath}/dist/server.cjs`;
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return ids.filter((id) => argumentsOf(id).includes(program)).map(Number);
}

function argumentsOf(id: string): string[] {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0');
  } catch {
    // It has ended meanwhile.
    return [];
  }
}
