import { expect, test } from 'vitest';
import { projectRootOf } from '../../server/src/cli/projectRoot.ts';
import { dirname, foldersUpTo, isInside, joinPath, normalizePath } from '../../server/src/text/paths.ts';
import { MemoryFileSystem } from '../lsp/memoryFileSystem.ts';

test.each([
  ['C:\\Repo\\src\\a.ts', 'c:/Repo/src/a.ts'],
  ['C:\\', 'c:'],
  ['\\\\wsl$\\Ubuntu\\home\\me', '//wsl$/Ubuntu/home/me'],
  ['\\\\host\\share\\..\\..\\..\\x', '//x'],
  ['/repo/./a/../b//c/', '/repo/b/c'],
  ['/..', '/'],
])('%s is %s to the core', (written, path) => {
  expect(normalizePath(written)).toBe(path);
});

test.each([
  ['c:/repo/a.ts', ['c:/repo', 'c:', '']],
  ['//host/share/repo', ['//host/share', '//host', '//host']],
  ['/repo/a', ['/repo', '/', '/']],
])('the folders above %s end at its own disk', (path, expected) => {
  const above: string[] = [];
  for (let folder = dirname(path); above.length < 3; folder = dirname(folder)) above.push(folder);
  expect(above).toEqual(expected);
});

test('a drive holds what is on it, and no other drive', () => {
  expect(isInside('c:', 'c:/x')).toBe(true);
  expect(isInside('c:', 'd:/x')).toBe(false);
  expect(joinPath('c:', 'package.json')).toBe('c:/package.json');
  expect(foldersUpTo('c:/a/b.ts', 'c:')).toEqual(['c:/a', 'c:']);
});

test.each(['d:/apps/one', '//host/share/app'])(
  'the project of %s is not looked for on another disk',
  async (folder) => {
    const disk = new MemoryFileSystem({
      [`${folder}/index.ts`]: '',
      '/.git/HEAD': '',
      '/package.json': '{ "workspaces": ["*"] }',
    });
    expect(await projectRootOf(folder, disk)).toBe(folder);
  },
);
