import { afterEach, describe, expect, it } from 'vitest';
import { LSPErrorCodes } from 'vscode-languageserver';
import { checkWorkspaceRequest } from '../../server/src/lsp/protocol.ts';
import { wordRule } from '../support/handMade.ts';
import { StoppedWorkspace } from './stoppedWorkspace.ts';
import type { ClientOptions, TestClient } from './testClient.ts';
import { app, other, rules, startInWords } from './wordRepository.ts';

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
