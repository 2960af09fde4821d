import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { nodeFileSystem } from '../../server/src/nodeFileSystem.ts';
import { listFolder } from '../../server/src/project/enumerate.ts';
import { relativePath } from '../../server/src/text/paths.ts';
import { tempFolder } from '../support/tempFolder.ts';

const plenty = 10_000;

async function listed(root: string, maxEntries = plenty) {
  const { files, links, isCut } = await listFolder(root, nodeFileSystem, maxEntries);
  return {
    files: [...files].map((path) => relativePath(root, path)).sort(),
    links: links.map(({ from, to }) => `${relativePath(root, from)} > ${relativePath(root, to)}`).sort(),
    isCut,
  };
}

/** The files of a folder that are listed. */
async function filesOf(paths: Record<string, string>): Promise<string[]> {
  const { files } = await listed(tempFolder(paths));
  return files.filter((path) => !path.endsWith('.gitignore'));
}

describe('.gitignore', () => {
  test('what it names is left out', async () => {
    const files = await filesOf({
      '.gitignore': '# built\ndist/\n*.gen.ts\n/local.ts\n',
      'dist/a.ts': '',
      'packages/a/dist/a.ts': '',
      'src/a.gen.ts': '',
      'local.ts': '',
      'src/local.ts': '',
      'src/a.ts': '',
    });
    expect(files).toEqual(['src/a.ts', 'src/local.ts']);
  });

  test('one below adds to it and may take back', async () => {
    const files = await filesOf({
      '.gitignore': '*.gen.ts\n',
      'api/.gitignore': '!keep.gen.ts\nsecret.ts\n',
      'api/keep.gen.ts': '',
      'api/other.gen.ts': '',
      'api/secret.ts': '',
      'keep.gen.ts': '',
      'secret.ts': '',
    });
    expect(files).toEqual(['api/keep.gen.ts', 'secret.ts']);
  });

  test('nothing can be taken back inside a folder that is left out', async () => {
    const files = await filesOf({ '.gitignore': 'dist/\n!dist/a.ts\n', 'dist/a.ts': '', 'b.ts': '' });
    expect(files).toEqual(['b.ts']);
  });

  test('a file inside is ignored also before it is saved', async () => {
    const root = tempFolder({ '.gitignore': 'dist/\n', 'src/a.ts': '' });
    const listing = await listFolder(root, nodeFileSystem, plenty);
    expect(listing.isIgnored(`${root}/dist/new.ts`)).toBe(true);
    expect(listing.isIgnored(`${root}/node_modules/a/new.ts`)).toBe(true);
    expect(listing.isIgnored(`${root}/src/new.ts`)).toBe(false);
  });
});

test('only files of interest are listed, and never what packages bring', async () => {
  const files = await filesOf({
    'src/a.ts': '',
    'src/a.d.ts': '',
    'src/a.min.js': '',
    'README.md': '',
    Dockerfile: '',
    'api.Dockerfile': '',
    'Dockerfile.dockerignore': '',
    'package.json': '',
    'node_modules/a/index.js': '',
    'packages/a/node_modules/b/index.js': '',
    '.git/hooks/a.js': '',
    'venv/a.js': '',
  });
  expect(files).toEqual(['Dockerfile', 'api.Dockerfile', 'package.json', 'src/a.ts']);
});

describe('links', () => {
  test('to another place inside are noted and not walked', async () => {
    const root = tempFolder({ 'shared/a.ts': '', 'app/b.ts': '' });
    symlinkSync(join(root, 'shared'), join(root, 'app/shared'));
    expect(await listed(root)).toMatchObject({
      files: ['app/b.ts', 'shared/a.ts'],
      links: ['app/shared > shared'],
    });
  });

  test('to a place outside, to nothing and to themselves are left alone', async () => {
    const outside = tempFolder({ 'secret.ts': '' });
    const root = tempFolder({ 'app/b.ts': '' });
    symlinkSync(outside, join(root, 'outside'));
    symlinkSync(join(root, 'gone'), join(root, 'dangling'));
    symlinkSync(join(root, 'self'), join(root, 'self'));
    symlinkSync(root, join(root, 'app/up'));
    expect(await listed(root)).toMatchObject({ files: ['app/b.ts'], links: [] });
  });
});

test('a bound ends it, and it says so', async () => {
  const root = tempFolder(Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`${n}.ts`, ''])));
  expect(await listed(root, 20)).toMatchObject({ isCut: false });
  const cut = await listed(root, 12);
  expect(cut.isCut).toBe(true);
  expect(cut.files).toHaveLength(12);
});

test('a folder that is not there is empty', async () => {
  expect(await listed('/nowhere/at/all')).toEqual({ files: [], links: [], isCut: false });
});

test('an aborted signal ends it', async () => {
  const root = tempFolder({ 'a.ts': '' });
  mkdirSync(join(root, 'folder'));
  const aborted = listFolder(root, nodeFileSystem, plenty, AbortSignal.abort(new Error('enough')));
  await expect(aborted).rejects.toThrow('enough');
});
