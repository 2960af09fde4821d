import { afterEach, describe, expect, it } from 'vitest';
import { CancellationTokenSource, LSPErrorCodes } from 'vscode-languageserver';
import { checkWorkspaceRequest } from '../../server/src/lsp/protocol.ts';
import { fullCapabilities } from './fullCapabilities.ts';
import { StoppedWorkspace } from './stoppedWorkspace.ts';
import type { ClientOptions, TestClient } from './testClient.ts';
import { app, other, startInWords } from './wordRepository.ts';

let client: TestClient;
afterEach(() => client.dispose());

async function start(options: ClientOptions = {}): Promise<TestClient> {
  client = await startInWords(options);
  return client;
}

async function startStopped(options: ClientOptions = {}): Promise<StoppedWorkspace> {
  let workspace: StoppedWorkspace | undefined;
  await start({ ...options, workspace: (disk) => (workspace = new StoppedWorkspace(disk)) });
  return workspace!;
}

describe('time', () => {
  it('waits for the keyboard to rest, then checks once', async () => {
    const workspace = await startStopped();
    await client.open(app, '');
    await client.settled();
    const before = workspace.snapshots;
    for (const [at, letter] of [...'bad();'].entries()) await client.change(app, at, at, letter);
    await client.until(() => client.published.at(-1)?.diagnostics.length === 1);
    expect(workspace.snapshots).toBe(before + 1);
    expect(client.published.at(-1)).toMatchObject({ uri: app, version: 7 });
  });

  it('never lets an older result follow a newer text', async () => {
    const workspace = await startStopped();
    workspace.stop();
    await client.open(app, 'bad();\n');
    await client.until(() => workspace.snapshots > 1);
    await client.change(app, 0, 0, 'worse();\n');
    await client.received();
    workspace.go();
    expect(await client.codes(app)).toEqual(['worse-word', 'bad-word']);
    const versions = client.published.filter(({ uri }) => uri === app).map(({ version }) => version);
    expect(versions).toEqual([2]);
  });

  it('does not keep a person waiting who asks before the check is due', async () => {
    await start();
    await client.open(app, 'fine();\n');
    await client.settled();
    await client.change(app, 0, 4, 'bad');
    expect(await client.titles(app, 'bad')).toContain('Disable bad-word for this line');
  });
});

describe('cancellation', () => {
  it.each([
    ['textDocument/codeAction', { range: zero(), context: { diagnostics: [] } }],
    ['textDocument/hover', { position: zero().start }],
    [checkWorkspaceRequest, {}],
  ])('of %s is answered at once', async (method, params) => {
    const workspace = await startStopped();
    await client.open(app);
    await client.settled();
    workspace.stop();
    await client.change(app, 0, 0, 'worse();\n');
    const cancel = new CancellationTokenSource();
    const request = { ...params, textDocument: { uri: app } };
    const answer = client.connection.sendRequest(method, request, cancel.token);
    cancel.cancel();
    await expect(answer).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
    workspace.go();
    expect(await client.codes(app)).toEqual(['worse-word', 'bad-word']);
  });
});

describe('what makes no sense', () => {
  const document = { textDocument: { uri: app, version: 9 } };
  it.each<[string, unknown]>([
    ['textDocument/didOpen', {}],
    [
      'textDocument/didOpen',
      { textDocument: { uri: 'nonsense', languageId: '', version: 1, text: 'bad()' } },
    ],
    ['textDocument/didOpen', { textDocument: { uri: app, version: 1 } }],
    ['textDocument/didChange', { ...document, contentChanges: [{}] }],
    ['textDocument/didChange', { ...document }],
    [
      'textDocument/didChange',
      { textDocument: { uri: other, version: 1 }, contentChanges: [{ text: 'bad()' }] },
    ],
    ['textDocument/didClose', { textDocument: { uri: other } }],
    ['textDocument/didClose', null],
    ['textDocument/didSave', { textDocument: {} }],
    ['workspace/didChangeWatchedFiles', { changes: [{ uri: 7 }] }],
    ['workspace/didChangeWatchedFiles', null],
    ['workspace/didChangeConfiguration', null],
    ['workspace/didChangeWorkspaceFolders', { event: {} }],
    ['workspace/didRenameFiles', { files: null }],
    ['mcpShutdown/trustGranted', { any: 'thing' }],
  ])('is survived: notification %s %j', async (method, params) => {
    await start();
    await client.open(app);
    await client.notify(method, params);
    await client.change(app, 0, 0, 'worse();\n');
    expect(await client.codes(app)).toEqual(['worse-word', 'bad-word']);
  });

  it.each<[string, unknown, unknown]>([
    ['textDocument/hover', {}, null],
    ['textDocument/hover', { textDocument: { uri: app }, position: { line: 1e9, character: -1 } }, null],
    ['textDocument/codeAction', { textDocument: { uri: app } }, []],
    ['codeAction/resolve', { title: 'x' }, { title: 'x' }],
    [
      'codeAction/resolve',
      { title: 'x', data: { path: 7, finding: {} } },
      expect.objectContaining({ title: 'x' }),
    ],
  ])('is survived: request %s %j', async (method, params, answer) => {
    await start();
    await client.open(app);
    expect(await client.connection.sendRequest(method, params as object)).toEqual(answer);
    expect(await client.codes(app)).toEqual(['bad-word']);
  });

  it('in the handshake is survived too', async () => {
    await start({ initializationOptions: 'nonsense', settings: [1], capabilities: { ...fullCapabilities } });
    await client.open(app);
    expect(await client.codes(app)).toEqual(['bad-word']);
  });
});

function zero() {
  const position = { line: 0, character: 0 };
  return { start: position, end: position };
}
