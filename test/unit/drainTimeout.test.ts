import { describe, expect, test } from 'vitest';
import { type DrainTimeout, drainTimeout, type Environment } from '../../server/src/project/drainTimeout.ts';
import { Workspace } from '../../server/src/project/workspace.ts';
import { MemoryFileSystem } from '../lsp/memoryFileSystem.ts';

const head = `import { createServer } from 'node:http';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
const listener = createServer((req, res) => new StreamableHTTPServerTransport({}).handleRequest(req, res));
listener.listen(3000);
let calls = 0;
`;

/** What is read of a server whose file ends like this, and the text where its number stands. */
async function read(
  code: string,
  files: Record<string, string> = {},
  environment?: Environment,
): Promise<{ drain: DrainTimeout | undefined; at: string | undefined }> {
  const fs = new MemoryFileSystem({
    '/w/package.json': '{ "main": "index.ts", "dependencies": { "@modelcontextprotocol/sdk": "1" } }',
    '/w/index.ts': head + code,
    ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`/w/${name}`, text])),
  });
  const workspace = new Workspace(fs);
  workspace.configure(['/w'], {});
  const project = await workspace.snapshot();
  const [server] = project.servers;
  const drain = server && drainTimeout(server, 'SIGTERM', environment);
  const at = drain && project.files.get(drain.path)?.text.slice(drain.range.start, drain.range.end);
  return { drain, at };
}

const poll = (end: string) =>
  `while (calls > 0 && ${end}) await new Promise((resolve) => setTimeout(resolve, 50)); process.exit(0);`;

describe('a poll with a limit', () => {
  test.each([
    ['end of the time', `const end = Date.now() + 20_000; ${poll('Date.now() < end')}`, '20_000'],
    ['time that has passed', `const start = Date.now(); ${poll('Date.now() - start < 20000')}`, '20000'],
    [
      'arithmetic',
      `const start = performance.now(); ${poll('performance.now() - start <= 20 * 1000')}`,
      '20 * 1000',
    ],
    [
      'the limit first',
      `const limit = 20e3; const start = Date.now(); ${poll('limit > Date.now() - start')}`,
      '20e3',
    ],
    [
      'a test inside',
      `const end = Date.now() + 20000; while (calls > 0) { if (Date.now() > end) break; await new Promise((r) => setTimeout(r, 50)); }`,
      '20000',
    ],
    [
      'an interval',
      `const start = Date.now(); await new Promise((done) => { const timer = setInterval(() => { if (calls === 0 || Date.now() - start > 20000) { clearInterval(timer); done(undefined); } }, 100); });`,
      '20000',
    ],
  ])('%s', async (_name, body, text) => {
    const { drain, at } = await read(`process.on('SIGTERM', async () => { ${body} });`);
    expect(drain).toMatchObject({ ms: 20_000, kind: 'wait' });
    expect(at).toBe(text);
  });

  test('a poll without a limit is none', async () => {
    const { drain } = await read(`process.on('SIGTERM', async () => { ${poll('true')} });`);
    expect(drain).toBeUndefined();
  });
});

describe('where the number comes from', () => {
  const stop = (value: string) =>
    `async function stop(ms: number) { const end = Date.now() + ms; ${poll('Date.now() < end')} }
     process.on('SIGTERM', () => void stop(${value}));`;

  test.each([
    ['a parameter', stop('15_000'), 15_000],
    [
      'a default',
      `async function stop(ms = 15000) { const end = Date.now() + ms; ${poll('Date.now() < end')} }\nprocess.on('SIGTERM', () => stop());`,
      15_000,
    ],
    [
      'a configuration object',
      `const config = { shutdown: { drainMs: 15_000 } };\n${stop('config.shutdown.drainMs')}`,
      15_000,
    ],
    ['a function', `const drainMs = () => 15 * 1000;\n${stop('drainMs()')}`, 15_000],
    ['the smaller of two', stop('Math.min(15_000, 60_000)'), 15_000],
    [
      'a limit that only another caller sets',
      `async function stop(maxMs = Infinity) { const end = Date.now() + Math.min(maxMs, 15_000); ${poll('Date.now() < end')} }
       process.on('SIGTERM', () => void stop());
       process.stdin.on('end', () => void stop(1_500));`,
      15_000,
    ],
    ['seconds', `const seconds = 15;\n${stop('seconds * 1000')}`, 15_000],
    [
      'a field of a class',
      `class Stopper { private timeout: number; constructor(options: { drain?: number }) { this.timeout = options.drain ?? 5000; }
        async run() { const end = Date.now() + this.timeout; ${poll('Date.now() < end')} } }
       const stopper = new Stopper({ drain: 15_000 });
       process.on('SIGTERM', () => stopper.run());`,
      15_000,
    ],
  ])('%s', async (_name, code, ms) => {
    expect((await read(code)).drain).toMatchObject({ ms, kind: 'wait' });
  });

  test('another file, with its place', async () => {
    const { drain, at } = await read(`import { DRAIN } from './settings.js';\n${stop('DRAIN')}`, {
      'settings.ts': 'export const DRAIN = 15_000;\n',
    });
    expect(drain).toMatchObject({ ms: 15_000, path: '/w/settings.ts', isPlain: true });
    expect(at).toBe('15_000');
  });
});

describe('the environment', () => {
  const withDrain = (value: string, rest = '') =>
    `const drain = ${value};\n${rest}process.on('SIGTERM', async () => { const end = Date.now() + drain; ${poll('Date.now() < end')} });`;
  const set =
    (value: string | undefined): Environment =>
    (name) =>
      name === 'DRAIN_TIMEOUT_MS' ? { value } : undefined;

  test.each([
    ['Number(process.env.DRAIN_TIMEOUT_MS ?? 30_000)', 30_000],
    ["parseInt(process.env.DRAIN_TIMEOUT_MS || '30000', 10)", 30_000],
    ["Number.parseInt(process.env['DRAIN_TIMEOUT_MS'] ?? '30000')", 30_000],
    ['process.env.DRAIN_TIMEOUT_MS ? Number(process.env.DRAIN_TIMEOUT_MS) : 30000', 30_000],
    ['Number(process.env.DRAIN_TIMEOUT_MS) || 30000', 30_000],
    ['+(process.env.DRAIN_TIMEOUT_MS ?? 30000)', 30_000],
  ])('%s', async (value, ms) => {
    expect((await read(withDrain(value))).drain).toMatchObject({ ms, variable: 'DRAIN_TIMEOUT_MS' });
    expect((await read(withDrain(value), {}, set('12000'))).drain).toMatchObject({ ms: 12_000 });
    expect((await read(withDrain(value), {}, set('30s'))).drain).toMatchObject({ ms });
    expect((await read(withDrain(value), {}, set(undefined))).drain).toBeUndefined();
  });

  test('a variable in seconds', async () => {
    const code = withDrain('Number(process.env.DRAIN_TIMEOUT_MS ?? 30) * 1000');
    expect((await read(code)).drain).toMatchObject({ ms: 30_000 });
    expect((await read(code, {}, set('12'))).drain).toMatchObject({ ms: 12_000 });
  });

  test('a variable without a default counts where it is set', async () => {
    const code = withDrain('Number(process.env.DRAIN_TIMEOUT_MS)');
    expect((await read(code)).drain).toBeUndefined();
    expect((await read(code, {}, set('12000'))).drain).toMatchObject({ ms: 12_000 });
  });

  test('the handler that the product inserts', async () => {
    const { drain } = await read(`
async function shutDown() {
  await settled(drainTimeout());
  setTimeout(() => process.exit(1), 4_800);
  await settled(250);
  process.exit();
}
async function settled(ms: number) {
  const end = Date.now() + ms;
  while (calls > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
}
function drainTimeout() {
  const text = process.env.DRAIN_TIMEOUT_MS ?? '5000';
  if (/^\\d+$/.test(text) && Number(text) < 2 ** 31) return Number(text);
  return 5000;
}
process.on('SIGTERM', () => void shutDown());`);
    expect(drain).toMatchObject({ ms: 5_000, kind: 'wait', variable: 'DRAIN_TIMEOUT_MS' });
  });
});

describe('a forced exit', () => {
  const close = 'await new Promise((resolve) => listener.close(resolve)); process.exit(0);';

  test.each([
    ['a callback', 'setTimeout(() => process.exit(1), 25_000).unref();'],
    ['the exit itself', 'setTimeout(process.exit, 25_000, 1);'],
    [
      'a function',
      'const force = () => { console.error("late"); process.exit(1); };\nsetTimeout(force, 25_000);',
    ],
  ])('%s', async (_name, timer) => {
    const { drain, at } = await read(`process.on('SIGTERM', async () => { ${timer} ${close} });`);
    expect(drain).toMatchObject({ ms: 25_000, kind: 'deadline' });
    expect(at).toBe('25_000');
  });

  test('a race with a timer is a wait', async () => {
    const { drain } = await read(`process.on('SIGTERM', async () => {
      const closed = new Promise((resolve) => listener.close(resolve));
      await Promise.race([closed, new Promise((_, reject) => setTimeout(() => reject(new Error('late')), 35_000))]);
      process.exit(0);
    });`);
    expect(drain).toMatchObject({ ms: 35_000, kind: 'wait' });
  });

  test('armed before a longer wait, it ends that; armed behind it, it does not', async () => {
    const wait = `const end = Date.now() + 30_000; ${poll('Date.now() < end')}`;
    const force = 'setTimeout(() => process.exit(1), 10_000);';
    const before = await read(`process.on('SIGTERM', async () => { ${force} ${wait} });`);
    expect(before.drain).toMatchObject({ ms: 10_000, kind: 'deadline' });
    const behind = await read(`process.on('SIGTERM', async () => { ${wait} ${force} });`);
    expect(behind.drain).toMatchObject({ ms: 30_000, kind: 'wait' });
  });
});

describe('helper packages', () => {
  test.each([
    [
      "import closeWithGrace from 'close-with-grace';\ncloseWithGrace(async () => {});",
      10_000,
      'closeWithGrace',
    ],
    [
      "import closeWithGrace from 'close-with-grace';\ncloseWithGrace({ delay: 20_000 }, async () => {});",
      20_000,
      '20_000',
    ],
    [
      "import { createTerminus } from '@godaddy/terminus';\nconst options = { timeout: 8 * 1000 };\ncreateTerminus(listener, options);",
      8_000,
      '8 * 1000',
    ],
    ["import graceful from 'http-graceful-shutdown';\ngraceful(listener);", 30_000, 'graceful'],
  ])('%s', async (code, ms, text) => {
    const { drain, at } = await read(code);
    expect(drain).toMatchObject({ ms, kind: 'deadline' });
    expect(at).toBe(text);
  });
});

test.each([
  [
    'timers of other things',
    `process.on('SIGTERM', async () => { setTimeout(() => console.log('still here'), 30_000); listener.close(); });`,
  ],
  ['handlers of other signals', `process.on('SIGINT', () => setTimeout(() => process.exit(1), 30_000));`],
  [
    'a listener that is taken away',
    `const fatal = () => setTimeout(() => process.exit(1), 30_000);\nprocess.on('SIGTERM', () => { process.off('uncaughtException', fatal); listener.close(); });`,
  ],
  [
    'ages of sessions',
    `const sessions = new Map<string, { at: number }>();\nprocess.on('SIGTERM', async () => { for (const s of sessions.values()) { if (Date.now() - s.at > 1_800_000) await 0; } process.exit(0); });`,
  ],
  [
    'circles',
    `async function stop(ms: number) { await stop(ms + 1); }\nprocess.on('SIGTERM', () => stop(1000));`,
  ],
  ['half-typed code', `process.on('SIGTERM', async () => { setTimeout(() => process.exit(`],
])('nothing is said of %s', async (_name, code) => {
  expect((await read(code)).drain).toBeUndefined();
});

test('a wait that is named for it in the environment is the drain, not the time of each step behind it', async () => {
  const steps = `for (const close of [() => listener.close()])
    await Promise.race([close(), new Promise((_, reject) => setTimeout(reject, 3_000))]);`;
  const body = (limit: string) =>
    `process.on('SIGTERM', async () => { const end = Date.now() + ${limit}; ${poll('Date.now() < end').replace('process', `${steps} process`)} });`;
  expect((await read(body("Number(process.env.DRAIN_TIMEOUT_MS ?? '1500')"))).drain).toMatchObject({
    ms: 1_500,
    variable: 'DRAIN_TIMEOUT_MS',
  });
  expect((await read(body("Number(process.env.POLL_MS ?? '1500')"))).drain).toMatchObject({ ms: 3_000 });
});
