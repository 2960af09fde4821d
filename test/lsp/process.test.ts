import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  createProtocolConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { version } from '../../package.json';
import { dockerfileText } from './realServer.ts';

const program = 'out/lsp-test/server.cjs';

/** As the product's build does it, but for the compiler, which is loaded from the packages. */
beforeAll(async () => {
  await build({
    entryPoints: ['server/src/serverMain.ts'],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    external: ['typescript'],
    logLevel: 'warning',
  });
});

let server: ChildProcess | undefined;
const folders: string[] = [];
afterEach(async () => {
  server?.kill('SIGKILL');
  server = undefined;
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

/** What a program prints before it ends, and its exit code. */
async function printed(...args: string[]): Promise<[string, unknown]> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (data) => {
    output += data;
  });
  const [code] = await once(child, 'close');
  return [output, code];
}

/** Opens an unsafe Dockerfile of a folder on disk, and returns what is published first that holds a finding. */
async function firstFinding(connection: ProtocolConnection): Promise<PublishDiagnosticsParams> {
  const folder = await mkdtemp(join(tmpdir(), 'mcp-shutdown-'));
  folders.push(folder);
  const dependencies = { '@modelcontextprotocol/sdk': '1' };
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'x', dependencies }));
  await writeFile(join(folder, 'Dockerfile'), dockerfileText);
  const found = new Promise<PublishDiagnosticsParams>((resolve) => {
    connection.onNotification('textDocument/publishDiagnostics', (params) => {
      if (params.diagnostics.length > 0) resolve(params);
    });
  });
  connection.listen();
  const uri = pathToFileURL(folder).toString();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    capabilities: {},
    rootUri: null,
    workspaceFolders: [{ uri, name: 'x' }],
  });
  await connection.sendNotification('initialized', {});
  await connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri: `${uri}/Dockerfile`, languageId: 'dockerfile', version: 1, text: dockerfileText },
  });
  return found;
}

async function end(connection: ProtocolConnection): Promise<unknown> {
  const closed = once(server!, 'close');
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  return (await closed)[0];
}

function startOverStdio(...args: string[]): ProtocolConnection {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  server = child;
  return createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
}

describe('the program', () => {
  it.each([['--stdio'], []])(
    'serves the disk over stdin and stdout, and ends when it is told to: %s',
    async (...args) => {
      const connection = startOverStdio(...args);
      const { uri, diagnostics } = await firstFinding(connection);
      expect(uri).toMatch(/Dockerfile$/);
      expect(diagnostics).toMatchObject([{ code: 'shell-form-command', source: 'mcp-shutdown' }]);
      expect(await end(connection)).toBe(0);
    },
  );

  it('serves a Node parent over its channel', async () => {
    const child = spawn(process.execPath, [program, '--node-ipc'], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    server = child;
    const connection = createProtocolConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
    expect((await firstFinding(connection)).diagnostics).toHaveLength(1);
    expect(await end(connection)).toBe(0);
  });

  it('ends when its client is gone without a word', async () => {
    const connection = startOverStdio('--stdio');
    await firstFinding(connection);
    const closed = once(server!, 'close');
    server!.stdin!.end();
    expect((await closed)[0]).toBe(1);
  });

  it('ends when its parent lets go of the channel', async () => {
    const child = spawn(process.execPath, [program], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    server = child;
    const connection = createProtocolConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
    await firstFinding(connection);
    const exited = once(child, 'exit');
    child.disconnect();
    expect((await exited)[0]).toBe(0);
  });

  it('tells its version and its options', async () => {
    expect(await printed('--version')).toEqual([`${version}\n`, 0]);
    const [help, code] = await printed('--help');
    expect(help).toContain('--stdio');
    expect(code).toBe(0);
  });
});
