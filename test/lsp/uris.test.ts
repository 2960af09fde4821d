import { describe, expect, it } from 'vitest';
import { pathToUri, spellAsRoot, uriToPath } from '../../server/src/lsp/uris.ts';

describe('the path of a URI', () => {
  it.each([
    ['file:///repo/src/app.ts', '/repo/src/app.ts'],
    ['file:///repo/with%20space/%C3%A4%23.ts', '/repo/with space/ä#.ts'],
    ['file:///c%3A/repo/app.ts', 'c:/repo/app.ts'],
    ['file:///C:/repo/app.ts', 'c:/repo/app.ts'],
    ['file://Server/share/app.ts', '//server/share/app.ts'],
    ['file://wsl%24/Ubuntu/home/app.ts', '//wsl$/Ubuntu/home/app.ts'],
    ['file:///repo/a/../app.ts', '/repo/app.ts'],
  ])('%s is %s', (uri, path) => {
    expect(uriToPath(uri)).toBe(path);
    expect(uriToPath(pathToUri(path))).toBe(path);
  });

  it.each([
    'untitled:Untitled-1',
    'vscode-vfs://github/owner/repo/Dockerfile',
    'git:/repo/Dockerfile?%7B%22ref%22%3A%22HEAD%22%7D',
    'vscode-notebook-cell:/repo/book.ipynb#W0sZmlsZQ%3D%3D',
  ])('%s is a path that no disk holds, and back', (uri) => {
    const path = uriToPath(uri);
    expect(path).toMatch(/^\/~/);
    expect(uriToPath(pathToUri(path))).toBe(path);
  });

  it('of different documents is different', () => {
    const uris = ['git:/a/Dockerfile?1', 'git:/a/Dockerfile?2', 'git:/a/Dockerfile', 'file:///a/Dockerfile'];
    expect(new Set(uris.map(uriToPath)).size).toBe(uris.length);
  });

  it('is refused for what is no URI', () => {
    expect(() => uriToPath('nonsense')).toThrow('no URI');
    expect(() => uriToPath(undefined as unknown as string)).toThrow('no URI');
  });
});

describe('the URI of a path', () => {
  it.each([
    ['/repo/with space/ä#.ts', 'file:///repo/with%20space/%C3%A4%23.ts'],
    ['c:/repo/app.ts', 'file:///c%3A/repo/app.ts'],
    ['//server/share/app.ts', 'file://server/share/app.ts'],
  ])('%s is %s, as VS Code writes it', (path, uri) => {
    expect(pathToUri(path)).toBe(uri);
  });

  it('of a new document is the one that the editor gave it', () => {
    expect(pathToUri(uriToPath('untitled:Untitled-1'))).toBe('untitled:Untitled-1');
    const virtual = 'vscode-vfs://github/owner/repo/Dockerfile';
    expect(pathToUri(uriToPath(virtual))).toBe(virtual);
  });
});

describe('a path on a Windows drive', () => {
  it('is spelled as its workspace folder is', () => {
    expect(spellAsRoot('c:/REPO/src/App.ts', ['c:/repo'])).toBe('c:/repo/src/App.ts');
    expect(spellAsRoot('c:/repo-two/app.ts', ['c:/Repo'])).toBe('c:/repo-two/app.ts');
  });

  it('elsewhere, upper and lower case differ', () => {
    expect(spellAsRoot('/REPO/app.ts', ['/repo'])).toBe('/REPO/app.ts');
  });
});
