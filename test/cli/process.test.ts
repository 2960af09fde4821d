import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';
import { tempFolder } from '../support/tempFolder.ts';

/** The program, bundled from the present source, as far from the pages and node_modules as the shipped one. */
const program = join(import.meta.dirname, '../../out/cli.test.cjs');

beforeAll(async () => {
  await build({
    entryPoints: [join(import.meta.dirname, '../../server/src/cliMain.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    external: ['typescript'],
    logLevel: 'error',
  });
});

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function start(cwd: string, ...argv: string[]): Promise<Ended> {
  try {
    const env = { ...process.env, FORCE_COLOR: undefined, NO_COLOR: undefined };
    const options = { cwd, env, maxBuffer: 1 << 28 };
    return { code: 0, ...(await promisify(execFile)(process.execPath, [program, ...argv], options)) };
  } catch (error) {
    return error as Ended;
  }
}

const manifest = '{ "name": "one", "dependencies": { "@modelcontextprotocol/sdk": "^1" } }\n';
/** Each line is a finding whose message names the rule that does not exist. */
const manyFindings = `FROM node:22\n${`# mcp-shutdown-disable-file ${'x'.repeat(20_000)}\n`.repeat(100)}`;

test('findings go to standard output without colours, the exit code is 1', async () => {
  const folder = tempFolder({ 'package.json': manifest, 'mcp-shutdown.json': '[]' });
  const { code, stdout, stderr } = await start(folder, 'check');
  expect(stdout).toMatch(
    /^mcp-shutdown\.json:1:1 {2}warning {2}The configuration must be an object.*invalid-configuration\n/,
  );
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
});

test('mistakes go to standard error, the exit code is 2', async () => {
  const { code, stdout, stderr } = await start(tempFolder(), 'check', 'none');
  expect({ code, stdout, stderr }).toEqual({
    code: 2,
    stdout: '',
    stderr: 'mcp-shutdown: There is no file or folder "none".\n',
  });
});

test('an output of many megabytes reaches a slow reader whole', async () => {
  const folder = tempFolder({ 'package.json': manifest, Dockerfile: manyFindings });
  const child = spawn(process.execPath, [program, 'check', '--format', 'json'], { cwd: folder });
  const ended = new Promise<number | null>((done) => child.on('close', done));
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    child.stdout.pause();
    setTimeout(() => child.stdout.resume(), 1);
  });
  expect(await ended).toBe(0);
  expect(text.length).toBeGreaterThan(2_000_000);
  expect(JSON.parse(text).findings).toHaveLength(100);
});

test('a reader that goes away ends it quietly', async () => {
  const folder = tempFolder({ 'package.json': manifest, Dockerfile: manyFindings });
  const child = spawn(process.execPath, [program, 'check'], { cwd: folder });
  const ended = new Promise<number | null>((done) => child.on('close', done));
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    errors += chunk;
  });
  child.stdout.once('data', () => child.stdout.destroy());
  expect({ code: await ended, errors }).toEqual({ code: 0, errors: '' });
});

test('the pages and the version are those of the package', async () => {
  const { version } = await import('../../package.json');
  const folder = tempFolder();
  expect((await start(folder, '--version')).stdout).toBe(`${version}\n`);
  const { stdout } = await start(folder, 'explain', 'unused-suppression');
  expect(stdout).toMatch(/^unused-suppression\n[\s\S]*\nExample\n\n {4}import /);
});

test('a log is read from standard input', async () => {
  const child = spawn(process.execPath, [program, 'size', '-', '--format', 'json']);
  const ended = new Promise<number | null>((done) => child.on('close', done));
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  child.stdin.write('{"duration_ms":1}\n{"dura');
  child.stdin.end('tion_ms":2}');
  expect(await ended).toBe(0);
  expect(JSON.parse(text).calls).toMatchObject({ count: 2, max: 2 });
});
