import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { describe, expect, onTestFinished, test } from 'vitest';
import { makeCancellable } from '../../server/src/fixes/cancellation/makeCancellable.ts';
import { nodeFileSystem } from '../../server/src/nodeFileSystem.ts';
import { uncancelledTools } from '../../server/src/project/tools/cancellation.ts';
import { Workspace } from '../../server/src/project/workspace.ts';
import { applyEdits } from '../../server/src/text/edits.ts';
import { type CancellableServer, cancellableServers } from '../support/cancellableServers.ts';
import { linkReal, realPackages } from '../support/realPackages.ts';
import { tempFolder } from '../support/tempFolder.ts';

/*
 * Tools made cancellable in every shape of handler: checked by the compiler, run and cancelled by the official client.
 */

const packages = [
  '@modelcontextprotocol/sdk',
  '@modelcontextprotocol/server',
  'fastmcp',
  'axios',
  'undici',
  'zod',
  '@types/node',
  '@types/pg',
];
const installed = realPackages(packages);
const plain = 'Make this tool cancellable';
const withLimit = 'Make this tool cancellable, with a time limit';

function folderOf({ file, text }: CancellableServer): string {
  const manifest = {
    name: 'pages',
    type: 'module',
    bin: file,
    dependencies: {
      '@modelcontextprotocol/sdk': '^1.30.0',
      '@modelcontextprotocol/server': '^2.0.0',
      fastmcp: '^4.20.0',
    },
  };
  const folder = tempFolder({ 'package.json': JSON.stringify(manifest), [file]: text });
  linkReal(folder, packages, installed!);
  return folder;
}

async function serverIn(folder: string) {
  const workspace = new Workspace(nodeFileSystem);
  workspace.configure([folder], { trusted: false });
  const project = await workspace.snapshot();
  return { project, server: project.servers[0]! };
}

/** The text after a fix of the one tool; it is found before, and not any more after it. */
async function fixedIn(folder: string, { file, text }: CancellableServer, title: string): Promise<string> {
  const { project, server } = await serverIn(folder);
  const [found, ...others] = uncancelledTools(server);
  expect(others).toEqual([]);
  const fix = makeCancellable(project, server, found!.tool, 'rule').find((each) => each.title === title);
  const fixed = applyEdits(text, fix!.edits.get(`${folder}/${file}`)!);
  writeFileSync(join(folder, file), fixed);
  expect(uncancelledTools((await serverIn(folder)).server)).toEqual([]);
  return fixed;
}

/** A site that never answers, and knows how many wait for it. */
async function silentSite() {
  const site = { url: '', waiting: 0 };
  const server = createServer((_request, response) => {
    site.waiting += 1;
    response.once('close', () => {
      site.waiting -= 1;
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  site.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return site;
}

async function until(isSo: () => boolean, ms: number): Promise<boolean> {
  for (const end = Date.now() + ms; Date.now() < end; ) {
    if (isSo()) return true;
    await new Promise((next) => setTimeout(next, 20));
  }
  return isSo();
}

/** Starts what the folder holds now under the official client. */
async function startIn(folder: string, { file }: CancellableServer, site: string) {
  const program = file.endsWith('.ts') ? 'dist/index.js' : file;
  if (file.endsWith('.ts')) {
    await build({
      entryPoints: [join(folder, file)],
      outdir: join(folder, 'dist'),
      format: 'esm',
      logLevel: 'silent',
    });
  }
  const sdk = join(installed!, '@modelcontextprotocol/sdk/dist/esm/client');
  const { Client } = await import(join(sdk, 'index.js'));
  const { StdioClientTransport } = await import(join(sdk, 'stdio.js'));
  const client = new Client({ name: 'test', version: '1.0.0' });
  const env = { ...(process.env as Record<string, string>), SITE: site };
  const command = { command: process.execPath, args: [program], cwd: folder, env, stderr: 'ignore' };
  const transport = new StdioClientTransport(command);
  await client.connect(transport);
  onTestFinished(() => {
    process.kill(transport.pid!, 'SIGKILL');
    return client.close();
  });
  return client;
}

/** Calls the tool, cancels once the site is asked, and tells whether the wait there ends by that. */
async function isHeard(folder: string, of: CancellableServer): Promise<boolean> {
  const site = await silentSite();
  const client = await startIn(folder, of, site.url);
  const cancelling = new AbortController();
  const call = client.callTool({ name: 'page', arguments: { path: 'a' } }, undefined, {
    signal: cancelling.signal,
  });
  call.catch(() => undefined);
  expect(await until(() => site.waiting === 1, 10_000)).toBe(true);
  cancelling.abort();
  const isOver = await until(() => site.waiting === 0, 700);
  // The server goes on.
  expect((await client.listTools()).tools).toHaveLength(1);
  return isOver;
}

const seen = Object.entries(cancellableServers).filter(([, { isSeen }]) => isSeen);
const typed = Object.entries(cancellableServers).filter(([, { file }]) => file.endsWith('.ts'));

describe.skipIf(!installed)('a client that cancels', () => {
  test.each(seen)('%s', async (_, of) => {
    const folder = folderOf(of);
    expect(await isHeard(folder, of)).toBe(false);
    await fixedIn(folder, of, plain);
    expect(await isHeard(folder, of)).toBe(true);
  });
});

describe.skipIf(!installed)('a time limit', () => {
  test.each(seen)('%s', async (_, of) => {
    const folder = folderOf(of);
    const fixed = await fixedIn(folder, of, withLimit);
    writeFileSync(join(folder, of.file), fixed.replace('withTimeLimit(30_000,', 'withTimeLimit(400,'));
    const site = await silentSite();
    const client = await startIn(folder, of, site.url);
    const result = await client.callTool({ name: 'page', arguments: { path: 'a' } });
    expect(result).toMatchObject({
      isError: true,
      content: [{ type: 'text', text: 'Not finished within 0.4 s.' }],
    });
    expect(await until(() => site.waiting === 0, 2_000)).toBe(true);
  });
});

test.skipIf(!installed)(
  'all of it passes a strict type-check against the real packages',
  { timeout: 120_000 },
  async () => {
    const root = folderOf({ file: 'index.ts', text: '' });
    const names = new Map<string, string>();
    for (const [index, [name, of]] of typed.entries()) {
      for (const title of [plain, withLimit]) {
        const file = `server${index}${title === plain ? '' : 'Limited'}.ts`;
        names.set(file, name);
        writeFileSync(join(root, file), await fixedIn(folderOf(of), of, title));
      }
    }
    const compilerOptions = {
      strict: true,
      noEmit: true,
      module: 'nodenext',
      target: 'es2022',
      skipLibCheck: true,
    };
    writeFileSync(
      join(root, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: { ...compilerOptions, types: ['node'] }, include: ['server*.ts'] }),
    );
    const compiler = resolve('node_modules/typescript/bin/tsc');
    const complaints = await promisify(execFile)(process.execPath, [compiler, '-p', root], {
      cwd: dirname(root),
    }).then(
      () => '',
      (error) => String(error.stdout),
    );
    expect(complaints.replace(/server\d+(Limited)?\.ts/g, (file) => `${names.get(file)}: ${file}`)).toBe('');
  },
);
