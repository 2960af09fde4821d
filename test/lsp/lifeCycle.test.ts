import picomatch from 'picomatch';
import { afterEach, describe, expect, it } from 'vitest';
import {
  CancellationTokenSource,
  ErrorCodes,
  LSPErrorCodes,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { checkWorkspaceRequest, trustGrantedNotification } from '../../server/src/lsp/protocol.ts';
import { Workspace, type WorkspaceOptions } from '../../server/src/project/workspace.ts';
import { wordRule } from '../support/handMade.ts';
import { type ClientOptions, fullCapabilities, TestClient } from './testClient.ts';

const app = 'file:///repo/src/app.ts';
const other = 'file:///repo/src/other.ts';
const manifest = JSON.stringify({
  name: 'x',
  main: 'src/app.ts',
  dependencies: { '@modelcontextprotocol/sdk': '1' },
});
const rules = [wordRule('bad-word', 'bad'), wordRule('worse-word', 'worse')];

let client: TestClient;
afterEach(() => client.dispose());

async function start(options: ClientOptions = {}): Promise<TestClient> {
  const files = { '/repo/package.json': manifest, '/repo/src/app.ts': 'bad();\n', ...options.files };
  client = await TestClient.start({ rules, ...options, files });
  return client;
}

/** A workspace in which a test can stop the time. */
class StoppedWorkspace extends Workspace {
  readonly configured: WorkspaceOptions[] = [];
  snapshots = 0;
  limits: string[] = [];
  private gate: Promise<void> | undefined;
  private open = () => {};

  stop(): void {
    this.gate = new Promise((resolve) => {
      this.open = resolve;
    });
  }

  go(): void {
    this.gate = undefined;
    this.open();
  }

  override configure(roots: readonly string[], options: WorkspaceOptions): void {
    this.configured.push(options);
    super.configure(roots, options);
  }

  /** Like a slow disk: pays no attention to the signal once it waits. */
  override async snapshot(signal?: AbortSignal) {
    const project = await super.snapshot(signal);
    this.snapshots += 1;
    await this.gate;
    return { ...project, limits: this.limits };
  }
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

describe('a check of the whole workspace', () => {
  const files = { '/repo/src/other.ts': 'worse();\n' };

  it('tells counts and progress, and publishes for files that are not open', async () => {
    await start({ files });
    const progress: string[] = [];
    client.connection.onNotification(
      '$/progress',
      ({ token, value }) => void progress.push(`${token} ${value.kind}`),
    );
    const result = await client.connection.sendRequest(checkWorkspaceRequest, { workDoneToken: 'here' });
    expect(result).toEqual({ files: 3, findings: 2, servers: 0 });
    expect(progress).toEqual(['here begin', 'here end']);
    expect(await client.codes(other)).toEqual(['worse-word']);
    expect(await client.codes(app)).toEqual(['bad-word']);
  });

  it('lasts: its files are kept up to date until they are closed', async () => {
    await start({ files });
    await client.connection.sendRequest(checkWorkspaceRequest, {});
    await client.open(app, 'fine();\n');
    expect(await client.codes(app)).toEqual([]);
    expect(await client.codes(other)).toEqual(['worse-word']);
    await client.write('/repo/src/other.ts', 'bad(); worse();\n');
    expect(await client.codes(other)).toEqual(['bad-word', 'worse-word']);
    await client.open(other);
    await client.close(other);
    expect(await client.codes(other)).toEqual([]);
  });

  it('believes the disk, not what was read before', async () => {
    await start({ files });
    client.disk.files.set('/repo/src/other.ts', 'bad();\n');
    await client.connection.sendRequest(checkWorkspaceRequest, {});
    expect(await client.codes(other)).toEqual(['bad-word']);
  });

  it('is an error when it fails', async () => {
    const workspace = await startStopped();
    workspace.snapshot = async () => {
      throw new Error('no disk');
    };
    const answer = client.connection.sendRequest(checkWorkspaceRequest, {});
    await expect(answer).rejects.toMatchObject({ code: LSPErrorCodes.RequestFailed });
    expect(client.logged.join('\n')).toContain('no disk');
    expect(client.statuses.at(-1)).toMatchObject({ state: 'error' });
  });
});

describe('the status', () => {
  it('says what goes on and what was found', async () => {
    await start();
    expect(client.statuses.map(({ state }) => state)).toEqual(['checking', 'idle']);
    expect(client.statuses.at(-1)).toEqual({ state: 'idle', servers: 0, findings: 1, message: '' });
  });

  it('says what was left out, and the log says it once', async () => {
    const workspace = await startStopped();
    workspace.limits = ['stopped at 6,000 files'];
    await client.open(app);
    await client.settled();
    await client.change(app, 0, 0, ' ');
    await client.settled();
    expect(client.statuses.at(-1)).toMatchObject({
      state: 'limited',
      message: expect.stringContaining('6,000'),
    });
    expect(client.logged.filter((line) => line.includes('6,000'))).toHaveLength(1);
  });
});

describe('a rule that fails', () => {
  const broken = wordRule('broken-rule', 'bad', {
    check() {
      throw new Error('this rule is broken');
    },
  });

  it('silences no other, and is told once', async () => {
    await start({ rules: [broken, ...rules] });
    await client.open(app);
    expect(await client.codes(app)).toEqual(['bad-word']);
    await client.change(app, 0, 0, ' ');
    expect(await client.codes(app)).toEqual(['bad-word']);
    expect(client.logged.filter((line) => line.includes('this rule is broken'))).toHaveLength(1);
    expect(client.statuses.at(-1)).toMatchObject({
      state: 'error',
      message: expect.stringContaining('broken-rule'),
    });
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
