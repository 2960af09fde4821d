import picomatch from 'picomatch';
import { afterEach, describe, expect, it } from 'vitest';
import { ErrorCodes, TextDocumentSyncKind } from 'vscode-languageserver';
import { trustGrantedNotification } from '../../server/src/lsp/protocol.ts';
import { StoppedWorkspace } from './stoppedWorkspace.ts';
import { type ClientOptions, TestClient } from './testClient.ts';
import { app, manifest, rules, startInWords } from './wordRepository.ts';

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

describe('the handshake', () => {
  it('comes before everything else: a request is refused, a notification dropped', async () => {
    client = TestClient.connect({ rules, files: { '/repo/package.json': manifest } });
    await client.open(app, 'bad();');
    await expect(client.settled()).rejects.toMatchObject({ code: ErrorCodes.ServerNotInitialized });
    await client.initialize();
    await client.notify('initialized', {});
    expect(await client.codes(app)).toBeUndefined();
    await client.open(app, 'bad();');
    expect(await client.codes(app)).toEqual(['bad-word']);
  });

  it('cannot be repeated', async () => {
    await start();
    await client.open(app);
    await expect(client.initialize({ folders: [] })).rejects.toMatchObject({
      code: ErrorCodes.InvalidRequest,
    });
    expect(await client.codes(app)).toEqual(['bad-word']);
  });

  it('offers what the client can take', async () => {
    await start();
    expect(client.initializeResult.capabilities).toMatchObject({
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      hoverProvider: true,
      codeActionProvider: {
        codeActionKinds: ['quickfix', 'refactor.rewrite', 'source.fixAll.mcpShutdown'],
        resolveProvider: true,
      },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    });
  });

  it('has the files watched that findings depend on, and no others', async () => {
    await start();
    await client.until(() => client.registered.length === 2);
    const watched = client.registered.find(({ method }) => method === 'workspace/didChangeWatchedFiles');
    const { watchers } = watched!.registerOptions as { watchers: { globPattern: string }[] };
    const isWatched = picomatch(watchers.map(({ globPattern }) => globPattern));
    const names = [
      'a/b.ts',
      'b.mjs',
      'c.tsx',
      'Dockerfile',
      'x/Dockerfile.prod',
      'api.dockerfile',
      'package.json',
    ];
    names.push('x/tsconfig.build.json', 'mcp-shutdown.json', 'pnpm-lock.yaml', '.gitignore', 'go.mod');
    expect(names.filter((name) => !isWatched(name))).toEqual([]);
    expect(['README.md', 'a/b.png', 'data.json'].filter((name) => isWatched(name))).toEqual([]);
  });

  it('asks a client that knows no registration for nothing', async () => {
    await start({ capabilities: {} });
    expect(client.registered).toEqual([]);
  });

  it('ends with shutdown and exit', async () => {
    await start();
    await client.connection.sendRequest('shutdown');
    await client.notify('exit', undefined);
    await client.until(() => client.exits.length > 0);
    expect(client.exits).toEqual([0]);
  });

  it('is not needed to end: exit alone is an error', async () => {
    await start();
    await client.notify('exit', undefined);
    await client.until(() => client.exits.length > 0);
    expect(client.exits).toEqual([1]);
  });
});

describe('trust', () => {
  it('is passed on, and may be granted later', async () => {
    const workspace = await startStopped({ initializationOptions: { trusted: false } });
    expect(workspace.configured.at(-1)).toMatchObject({ trusted: false });
    await client.notify(trustGrantedNotification, undefined);
    await client.settled();
    expect(workspace.configured.at(-1)).toMatchObject({ trusted: true });
  });

  it('is taken for granted where the editor does not know it', async () => {
    const workspace = await startStopped();
    expect(workspace.configured.at(-1)).toMatchObject({ trusted: true });
  });
});
