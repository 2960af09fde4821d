import { afterEach, describe, expect, it } from 'vitest';
import type { Report } from '../../server/src/engine/types.ts';
import { wordRule } from '../support/handMade.ts';
import { fullCapabilities } from './fullCapabilities.ts';
import { type ClientOptions, rangeIn, type TestClient } from './testClient.ts';
import { app, manifest, other, startInWords } from './wordRepository.ts';

let client: TestClient;
afterEach(() => client.dispose());

async function start(options: ClientOptions = {}): Promise<TestClient> {
  client = await startInWords(options);
  return client;
}

describe('a diagnostic', () => {
  it('has source, code, severity, range and the version it was made of', async () => {
    await start();
    await client.open(app, 'ok();\n  worse();\n');
    expect(await client.diagnostics(app)).toEqual([
      {
        source: 'mcp-shutdown',
        code: 'worse-word',
        severity: 1,
        message: 'worse',
        range: { start: { line: 1, character: 2 }, end: { line: 1, character: 7 } },
        data: expect.anything(),
      },
    ]);
    expect(client.published.at(-1)).toMatchObject({ uri: app, version: 1 });
    await client.change(app, 0, 0, 'bad();\n');
    expect(await client.codes(app)).toEqual(['bad-word', 'worse-word']);
    expect(client.published.at(-1)).toMatchObject({ version: 2 });
  });

  it.each([
    ['error', 1],
    ['warning', 2],
    ['information', 3],
    ['hint', 4],
  ] as const)('of severity %s is a %i', async (severity, number) => {
    await start({ settings: { rules: { 'bad-word': severity } } });
    await client.open(app);
    expect(await client.diagnostics(app)).toMatchObject([{ severity: number }]);
  });

  const related = { path: '/repo/src/other.ts', range: { start: 4, end: 9 }, message: 'the other half' };
  const withRelated = wordRule('bad-word', 'bad', { report: { related: [related] } as Partial<Report> });
  const files = { '/repo/src/other.ts': 'ok;\nOther();\n' };

  it('names related places as such', async () => {
    await start({ rules: [withRelated], files });
    await client.open(app);
    const range = rangeIn(files['/repo/src/other.ts'], 4, 9);
    expect(await client.diagnostics(app)).toMatchObject([
      {
        message: 'bad',
        relatedInformation: [{ message: 'the other half', location: { uri: other, range } }],
      },
    ]);
  });

  it('names related places in its message where the client shows no others', async () => {
    const capabilities = { ...fullCapabilities, textDocument: {} };
    await start({ rules: [withRelated], files, capabilities });
    await client.open(app);
    const [diagnostic] = (await client.diagnostics(app)) ?? [];
    expect(diagnostic?.message).toBe('bad\nother.ts:2: the other half');
    expect(diagnostic?.relatedInformation).toBeUndefined();
  });
});

describe("the address of the rule's page", () => {
  const template = 'vscode://a.b/rules/{rule}';

  it.each([
    ["the client's template", { ruleDocumentation: template }, {}, 'vscode://a.b/rules/bad-word'],
    [
      'the setting',
      undefined,
      { documentationBaseUrl: 'https://example.org/r/' },
      'https://example.org/r/bad-word',
    ],
    [
      'the setting before the template',
      { ruleDocumentation: template },
      { documentationBaseUrl: 'https://example.org/{rule}.html' },
      'https://example.org/bad-word.html',
    ],
  ])('comes from %s', async (_, initializationOptions, settings, href) => {
    await start({ initializationOptions, settings });
    await client.open(app);
    expect(await client.diagnostics(app)).toMatchObject([{ codeDescription: { href } }]);
  });

  it('is left out where there is none, or the client has no use for it', async () => {
    await start();
    await client.open(app);
    expect((await client.diagnostics(app))?.[0]).not.toHaveProperty('codeDescription');
    client.dispose();
    await start({ initializationOptions: { ruleDocumentation: template }, capabilities: {} });
    await client.open(app);
    expect((await client.diagnostics(app))?.[0]).not.toHaveProperty('codeDescription');
  });
});

describe('files that are not open', () => {
  const files = { '/repo/src/other.ts': 'worse();\n' };

  it('get no diagnostics by default', async () => {
    await start({ files });
    await client.open(app);
    expect(await client.codes(app)).toEqual(['bad-word']);
    expect(await client.codes(other)).toBeUndefined();
  });

  it('get them where the settings say so, until they no longer do', async () => {
    await start({ files, settings: { diagnostics: 'workspace' } });
    expect(await client.codes(other)).toEqual(['worse-word']);
    expect(client.published.find(({ uri }) => uri === other)).not.toHaveProperty('version');
    client.settings = { diagnostics: 'openFiles' };
    await client.notify('workspace/didChangeConfiguration', { settings: null });
    await client.until(() => client.published.at(-1)?.diagnostics.length === 0);
    expect(await client.codes(other)).toEqual([]);
    expect(await client.codes(app)).toEqual([]);
  });

  it('follow the disk', async () => {
    await start({ files, settings: { diagnostics: 'workspace' } });
    await client.write('/repo/src/other.ts', 'bad(); worse();\n');
    expect(await client.codes(other)).toEqual(['bad-word', 'worse-word']);
    await client.write('/repo/src/third.ts', 'bad();\n');
    expect(await client.codes('file:///repo/src/third.ts')).toEqual(['bad-word']);
    await client.write('/repo/src/other.ts', undefined);
    expect(await client.codes(other)).toEqual([]);
  });

  it('are cleared with the folder that they were in', async () => {
    await start({ files, settings: { diagnostics: 'workspace' } });
    expect(await client.codes(other)).toEqual(['worse-word']);
    client.disk.files.delete('/repo/src/other.ts');
    client.disk.files.set('/repo/lib/other.ts', 'worse();\n');
    const renamed = { oldUri: 'file:///repo/src', newUri: 'file:///repo/lib' };
    await client.notify('workspace/didRenameFiles', { files: [renamed] });
    expect(await client.codes(other)).toEqual([]);
    expect(await client.codes('file:///repo/lib/other.ts')).toEqual(['worse-word']);
  });

  it('are looked at as the editor has them once they are open, and as the disk has them afterwards', async () => {
    await start({ files, settings: { diagnostics: 'workspace' } });
    await client.open(other, 'bad();\n');
    expect(await client.codes(other)).toEqual(['bad-word']);
    await client.close(other);
    expect(await client.codes(other)).toEqual(['worse-word']);
  });
});

describe('diagnostics end', () => {
  it('when the document is closed', async () => {
    await start();
    await client.open(app);
    expect(await client.codes(app)).toEqual(['bad-word']);
    await client.close(app);
    expect(await client.codes(app)).toEqual([]);
  });

  it('under the old name when a document gets another', async () => {
    await start();
    await client.open(app);
    expect(await client.codes(app)).toEqual(['bad-word']);
    await client.close(app);
    await client.open(other, 'bad();\n');
    expect(await client.codes(app)).toEqual([]);
    expect(await client.codes(other)).toEqual(['bad-word']);
  });

  it('when a config file turns the rule off or leaves the file out, and come back with its removal', async () => {
    await start();
    await client.open(app);
    expect(await client.codes(app)).toEqual(['bad-word']);
    await client.write('/repo/mcp-shutdown.json', '{ "rules": { "bad-word": "off" } }');
    expect(await client.codes(app)).toEqual([]);
    await client.write('/repo/mcp-shutdown.json', '{ "exclude": ["src"] }');
    expect(await client.codes(app)).toEqual([]);
    await client.write('/repo/mcp-shutdown.json', undefined);
    expect(await client.codes(app)).toEqual(['bad-word']);
  });

  it('when a comment suppresses them', async () => {
    await start();
    await client.open(app);
    expect(await client.codes(app)).toEqual(['bad-word']);
    await client.change(app, 0, 0, '// mcp-shutdown-disable-next-line bad-word -- reason\n');
    expect(await client.codes(app)).toEqual([]);
  });
});

describe('settings', () => {
  it('hold from the first diagnostics on', async () => {
    await start({ settings: { rules: { 'bad-word': 'off' } } });
    await client.open(app);
    expect(await client.codes(app)).toEqual([]);
    expect(client.published.every(({ diagnostics }) => diagnostics.length === 0)).toBe(true);
  });

  it('are taken from the notification where the client cannot be asked', async () => {
    await start({ capabilities: {} });
    await client.open(app);
    expect(await client.codes(app)).toEqual(['bad-word']);
    const settings = { mcpShutdown: { rules: { 'bad-word': 'off' } } };
    await client.notify('workspace/didChangeConfiguration', { settings });
    expect(await client.codes(app)).toEqual([]);
    await client.notify('workspace/didChangeConfiguration', { settings: null });
    expect(await client.codes(app)).toEqual([]);
  });

  it('are not waited for where the client cannot tell them', async () => {
    const settings = () => {
      throw new Error('no settings today');
    };
    await start({ settings });
    await client.open(app);
    expect(await client.codes(app)).toEqual(['bad-word']);
    expect(client.logged.join('\n')).toContain('no settings today');
  });

  it('may differ between workspace folders', async () => {
    const files = { '/two/package.json': manifest, '/two/src/app.ts': 'bad();\n' };
    const settings = (scope?: string) => ({ rules: scope === 'file:///two' ? { 'bad-word': 'off' } : {} });
    await start({ files, folders: ['file:///repo', 'file:///two'], settings });
    await client.open(app);
    await client.open('file:///two/src/app.ts');
    expect(await client.codes(app)).toEqual(['bad-word']);
    expect(await client.codes('file:///two/src/app.ts')).toEqual([]);
  });

  it('that are wrong are told in the log, and the rest counts', async () => {
    await start({ settings: { rules: { 'bad-wrod': 'off', 'worse-word': 'hint' }, diagnostics: 7 } });
    await client.open(app, 'worse();');
    expect(await client.diagnostics(app)).toMatchObject([{ severity: 4 }]);
    expect(client.logged.join('\n')).toContain('There is no rule "bad-wrod". Did you mean "bad-word"?');
  });
});

describe('workspace folders', () => {
  it('come and go', async () => {
    const files = { '/two/package.json': manifest, '/two/src/app.ts': 'worse();\n' };
    await start({ files, settings: { diagnostics: 'workspace' } });
    const two = { uri: 'file:///two', name: 'two' };
    const change = (event: object) => client.notify('workspace/didChangeWorkspaceFolders', { event });
    await change({ added: [two], removed: [] });
    expect(await client.codes('file:///two/src/app.ts')).toEqual(['worse-word']);
    await change({ added: [], removed: [two] });
    expect(await client.codes('file:///two/src/app.ts')).toEqual([]);
    expect(await client.codes(app)).toEqual(['bad-word']);
  });

  it('are not needed', async () => {
    await start({ folders: [] });
    await client.open('file:///elsewhere/app.ts', 'bad();\n');
    expect(await client.codes('file:///elsewhere/app.ts')).toEqual(['bad-word']);
  });
});

describe('URIs', () => {
  it.each(['file:///c%3A/repo/src/app.ts', 'file:///C:/repo/src/app.ts', 'file:///c:/Repo/src/app.ts'])(
    '%s is the file of a Windows folder, and is answered as it was asked',
    async (uri) => {
      const files = { 'c:/repo/package.json': manifest, 'c:/repo/src/app.ts': 'bad();\n' };
      await start({ files, folders: ['file:///c%3A/repo'] });
      await client.open(uri, 'worse();\n');
      expect(await client.codes(uri)).toEqual(['worse-word']);
      expect(client.published.map((params) => params.uri)).toEqual([uri]);
    },
  );

  it("of other schemes are served from the editor's text", async () => {
    await start({ folders: ['vscode-vfs://github/owner/repo'] });
    const uri = 'vscode-vfs://github/owner/repo/src/app.ts';
    await client.open(uri, 'bad();\n');
    expect(await client.codes(uri)).toEqual(['bad-word']);
  });

  it('of new documents are known by their language', async () => {
    await start({ folders: [] });
    await client.open(
      'untitled:Untitled-1',
      '# mcp-shutdown-disable-file bad-word\nRUN bad()\n',
      'dockerfile',
    );
    expect(await client.codes('untitled:Untitled-1')).toEqual([]);
    await client.open('untitled:Untitled-2', 'RUN bad()\n', 'dockerfile');
    expect(await client.codes('untitled:Untitled-2')).toEqual(['bad-word']);
  });
});
