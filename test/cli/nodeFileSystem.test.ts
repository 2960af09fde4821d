import { execFileSync } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { nodeFileSystem, saveText } from '../../server/src/nodeFileSystem.ts';
import { tempFolder } from '../support/tempFolder.ts';

const posix = process.platform !== 'win32';

test('a text is read with its byte order mark and line endings as they are', async () => {
  const folder = tempFolder({ 'a.ts': '\uFEFFone\r\ntwo ü\n' });
  expect(await nodeFileSystem.readText(`${folder}/a.ts`, 100)).toBe('\uFEFFone\r\ntwo ü\n');
});

test('what is missing, binary, too large or no file has no text', async () => {
  const folder = tempFolder({
    'a.bin': new Uint8Array([65, 0, 66]),
    'long.ts': 'x'.repeat(11),
    'fits.ts': 'x'.repeat(10),
  });
  const texts = ['none.ts', 'a.bin', 'long.ts', '.', 'fits.ts/deeper'].map((name) =>
    nodeFileSystem.readText(`${folder}/${name}`, 10),
  );
  expect(await Promise.all(texts)).toEqual([undefined, undefined, undefined, undefined, undefined]);
  expect(await nodeFileSystem.readText(`${folder}/fits.ts`, 10)).toBe('x'.repeat(10));
});

test.runIf(posix)('a pipe that nobody writes to has no text', async () => {
  const folder = tempFolder();
  execFileSync('mkfifo', [`${folder}/pipe.ts`]);
  expect(await nodeFileSystem.readText(`${folder}/pipe.ts`, 10)).toBeUndefined();
});

test('a folder tells what it holds, and nothing where it is missing', async () => {
  const folder = tempFolder({ 'a.ts': '', 'lib/b.ts': '', ...(posix ? { 'c\\d.ts': '' } : {}) });
  if (posix) symlinkSync('lib', `${folder}/link`);
  const entries = [...(await nodeFileSystem.readDirectory(folder))].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  expect(entries).toEqual([
    { name: 'a.ts', kind: 'file' },
    { name: 'lib', kind: 'directory' },
    ...(posix ? [{ name: 'link', kind: 'link' }] : []),
  ]);
  expect(await nodeFileSystem.readDirectory(`${folder}/none`)).toEqual([]);
});

test('size and kind follow links; a loop is not there', async () => {
  const folder = tempFolder({ 'lib/b.ts': 'four' });
  expect(await nodeFileSystem.stat(`${folder}/lib/b.ts`)).toMatchObject({ kind: 'file', size: 4 });
  expect(await nodeFileSystem.stat(`${folder}/lib`)).toMatchObject({ kind: 'directory' });
  expect(await nodeFileSystem.stat(`${folder}/none`)).toBeUndefined();
  if (!posix) return;
  symlinkSync('lib', `${folder}/link`);
  symlinkSync('loop', `${folder}/loop`);
  expect(await nodeFileSystem.stat(`${folder}/link`)).toMatchObject({ kind: 'directory' });
  expect(await nodeFileSystem.realPath(`${folder}/link/b.ts`)).toBe(`${folder}/lib/b.ts`);
  expect(await nodeFileSystem.realPath(`${folder}/loop`)).toBeUndefined();
  expect(await nodeFileSystem.stat(`${folder}/loop`)).toBeUndefined();
});

test('a text is saved over the one it was read from', async () => {
  const folder = tempFolder({ 'a.ts': '\uFEFFone\r\n' });
  await saveText(`${folder}/a.ts`, '\uFEFFone\r\n', '\uFEFFtwo\r\n');
  await saveText(`${folder}/new.ts`, undefined, 'new\n');
  expect(readFileSync(`${folder}/a.ts`, 'utf8')).toBe('\uFEFFtwo\r\n');
  expect(readFileSync(`${folder}/new.ts`, 'utf8')).toBe('new\n');
});

test('a file that changed meanwhile, or that is not UTF-8, is left as it is', async () => {
  const latin1 = new Uint8Array([0x2f, 0x2f, 0xfc]);
  const folder = tempFolder({ 'a.ts': 'one', 'latin1.ts': latin1 });
  const text = await nodeFileSystem.readText(`${folder}/latin1.ts`, 100);
  await expect(saveText(`${folder}/latin1.ts`, text, 'x')).rejects.toThrow(/not UTF-8/);
  writeFileSync(`${folder}/a.ts`, 'two');
  await expect(saveText(`${folder}/a.ts`, 'one', 'x')).rejects.toThrow(/changed meanwhile/);
  await expect(saveText(`${folder}/a.ts`, undefined, 'x')).rejects.toThrow(/EEXIST/);
  expect(readFileSync(`${folder}/a.ts`, 'utf8')).toBe('two');
  expect(new Uint8Array(readFileSync(`${folder}/latin1.ts`))).toEqual(latin1);
});
