import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const tests = join(import.meta.dirname, '..');
const table = readFileSync(join(tests, 'idioms.md'), 'utf8');

test('every fixture that the table of idioms names is there', () => {
  const names = [...table.matchAll(/`([a-z0-9-]+(?:\/[a-z0-9-]+)?)`/g)].map(([, name = '']) => name);
  const missing = names.filter(
    (name) => !existsSync(join(tests, name.includes('/') ? 'rules' : 'servers', name, 'expected.txt')),
  );
  expect(missing).toEqual([]);
  expect(names.length).toBeGreaterThan(100);
});
