import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'kube-'));

export function writeConfig(text) {
  const path = join(folder, 'config');
  writeFileSync(path, text, { mode: 0o600 });
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.on('exit', remove);
  process.on('SIGINT', () => {
    remove();
    process.exit(0);
  });
  process.on('SIGTERM', () => {
    remove();
    process.exit(0);
  });
  return path;
}
