import { describe, expect, test } from 'vitest';
import { codeAfter, fixed, inTool, plain, type Server, textOf, withLimit } from '../support/pageServer.ts';

const answer = "return { content: [{ type: 'text', text: await response.text() }] };";

describe('the signal comes to the handler', () => {
  const forms: Record<string, [Server, string]> = {
    'no input schema: the only argument': [
      { code: "server.tool('page', async () => read(await fetch('https://a.example')));" },
      "server.tool('page', async ({ signal }) => read(await fetch('https://a.example', { signal })));",
    ],
    'a bare parameter gets parentheses': [
      { code: "server.tool('page', { url: z.string() }, async args => read(await fetch(args.url)));" },
      "server.tool('page', { url: z.string() }, async (args, { signal }) => read(await fetch(args.url, { signal })));",
    ],
    'an argument that is not looked at stands before it': [
      {
        code: "server.tool('page', { url: z.string() }, async () => read(await fetch('https://a.example')));",
      },
      "server.tool('page', { url: z.string() }, async (_args, { signal }) => read(await fetch('https://a.example', { signal })));",
    ],
    'taken out of the argument under another name': [
      { code: "server.tool('page', async ({ signal: stop }) => read(await fetch('https://a.example')));" },
      "server.tool('page', async ({ signal: stop }) => read(await fetch('https://a.example', { signal: stop })));",
    ],
    'beside what is taken out of it': [
      { code: "server.tool('page', async ({ requestId }) => read(await fetch('https://a.example')));" },
      "server.tool('page', async ({ requestId, signal }) => read(await fetch('https://a.example', { signal })));",
    ],
    'the name is taken': [
      {
        code: "const signal = 'SIGTERM';\nserver.tool('page', async () => read(await fetch(read(signal))));",
      },
      "const signal = 'SIGTERM';\nserver.tool('page', async (extra) => read(await fetch(read(signal), { signal: extra.signal })));",
    ],
    'SDK 2': [
      {
        sdk: 2,
        code: "server.registerTool('page', {}, async () => read(await fetch('https://a.example')));",
      },
      "server.registerTool('page', {}, async (ctx) => read(await fetch('https://a.example', { signal: ctx.mcpReq.signal })));",
    ],
    'SDK 2, taken apart': [
      {
        sdk: 2,
        code: "server.registerTool('page', { inputSchema }, async ({ url }, { sessionId }) => read(await fetch(url)));",
      },
      "server.registerTool('page', { inputSchema }, async ({ url }, { sessionId, mcpReq }) => read(await fetch(url, { signal: mcpReq.signal })));",
    ],
    'a function of its own': [
      {
        code: `async function page({ url }: { url: string }): Promise<Answer> {
  const response = await fetch(url);
  ${answer}
}
server.registerTool('page', { inputSchema }, page);`,
      },
      `async function page({ url }: { url: string }, { signal }: { signal: AbortSignal }): Promise<Answer> {
  const response = await fetch(url, { signal });
  ${answer}
}
server.registerTool('page', { inputSchema }, page);`,
    ],
    'a function that others call too, who have no signal': [
      {
        file: 'index.js',
        code: `const page = async ({ url }) => {
  const response = await fetch(url);
  ${answer}
};
server.registerTool('page', { inputSchema }, page);
console.error(await page({ url: 'https://a.example' }));`,
      },
      `const page = async ({ url }, extra) => {
  const response = await fetch(url, { signal: extra?.signal });
  ${answer}
};
server.registerTool('page', { inputSchema }, page);
console.error(await page({ url: 'https://a.example' }));`,
    ],
    'a method': [
      {
        code: `class Pages {
  async page({ url }: Args) {
    const response = await fetch(url);
    ${answer}
  }
}
const pages = new Pages();
server.registerTool('page', { inputSchema }, pages.page.bind(pages));`,
      },
      `class Pages {
  async page({ url }: Args, { signal }: { signal: AbortSignal }) {
    const response = await fetch(url, { signal });
    ${answer}
  }
}
const pages = new Pages();
server.registerTool('page', { inputSchema }, pages.page.bind(pages));`,
    ],
  };
  for (const [name, [server, expected]] of Object.entries(forms)) {
    test(name, async () => expect(await codeAfter(server)).toBe(expected));
  }
});

describe('the signal goes to what takes it', () => {
  const imports = `import { exec, execFile, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { scheduler, setTimeout as wait } from 'node:timers/promises';
import { Pool } from 'undici';
import { once } from 'node:events';
import { promisify } from 'node:util';
import axios from 'axios';
import pg from 'pg';
import { pipeline } from 'node:stream/promises';
const run = promisify(execFile);
const pool = new pg.Pool();
const site = new Pool('https://a.example');
const options = { headers: {} };
`;
  const calls: Record<string, [string, string]> = {
    'options that are made elsewhere': [
      "await fetch('https://a.example', options);",
      "await fetch('https://a.example', { ...options, signal });",
    ],
    'left-out arguments': ['await wait(5_000);', 'await wait(5_000, undefined, { signal });'],
    'a body that was left out': [
      "await axios.post('https://a.example');",
      "await axios.post('https://a.example', undefined, { signal });",
    ],
    'optional arguments of a child process': ["await run('ls');", "await run('ls', { signal });"],
    'options behind those': ["await run('ls', { cwd: '/' });", "await run('ls', { signal, cwd: '/' });"],
    'an encoding': [
      "await readFile('a', 'utf8');\n  await wait(5_000, undefined, {});",
      "await readFile('a', { encoding: 'utf8', signal });\n  await wait(5_000, undefined, { signal });",
    ],
    'the second argument': ['await scheduler.wait(5_000);', 'await scheduler.wait(5_000, { signal });'],
    'the only argument': [
      "await site.request({ method: 'GET', path: '/' });",
      "await site.request({ signal, method: 'GET', path: '/' });",
    ],
    'an event': ["await once(process, 'message');", "await once(process, 'message', { signal });"],
    'behind all arguments': [
      'await pipeline(process.stdin, process.stderr);',
      'await pipeline(process.stdin, process.stderr, { signal });',
    ],
    'before a callback': [
      "await new Promise((resolve) => exec('ls', (error, out) => resolve(out)));",
      "await new Promise((resolve) => exec('ls', { signal }, (error, out) => resolve(out)));",
    ],
    'a child process whose errors are listened to': [
      "await new Promise((resolve, reject) => spawn('make').on('error', reject).on('close', resolve));",
      "await new Promise((resolve, reject) => spawn('make', { signal }).on('error', reject).on('close', resolve));",
    ],
    'a timer of Node instead of a promise around one': [
      'await new Promise((resolve) => setTimeout(resolve, 5_000));',
      'await wait(5_000, undefined, { signal });',
    ],
  };
  for (const [name, [before, after]] of Object.entries(calls)) {
    test(name, async () => expect(await codeAfter({ imports, code: inTool(before) })).toBe(inTool(after)));
  }

  test("a pool's query is raced against it", async () => {
    const code = inTool("await pool.query('SELECT 1');");
    const after = await fixed(textOf({ imports, code }), plain);
    expect(after).toContain("await untilAborted(pool.query('SELECT 1'), signal);");
    expect(after).toContain('async function untilAborted<T>(work: Promise<T>');
  });

  const refused: Record<string, string> = {
    "a connection's query, which its pool would give to another":
      "await (await pool.connect()).query('SELECT 1');",
    'a child process without a listener for errors, which an abort would crash':
      "await new Promise((resolve) => { const child = spawn('make'); child.on('close', resolve); });",
    'a timer with a value': "await new Promise((resolve) => setTimeout(() => resolve('late'), 5_000));",
  };
  for (const [name, statement] of Object.entries(refused)) {
    test(`not: ${name}`, async () =>
      expect(await codeAfter({ imports, code: inTool(statement) })).toBe(`offered: ${withLimit}`));
  }
});

describe('own functions hand it on', () => {
  const helper = 'async function load(url: string, tries = 3) {\n  return fetch(url);\n}\n';

  test('by a parameter that may be left out', async () => {
    const code = `${helper}${inTool("await load('a');\n  await load('b', 1);")}`;
    expect(await codeAfter({ code })).toBe(
      `async function load(url: string, tries = 3, signal?: AbortSignal) {\n  return fetch(url, { signal });\n}\n${inTool(
        "await load('a', undefined, signal);\n  await load('b', 1, signal);",
      )}`,
    );
  });

  const inField = (type: string, parameter: string, last: string) => `class Pages {
  load${type} = async (${parameter}) => fetch('https://a.example'${last});

  async page() {
    await this.load(${last.includes('signal') ? 'signal' : ''});
  }
}`;

  test('in the fields of a class, where no type says otherwise', async () => {
    const tool = (field: string, call = '') =>
      `${field.replace('async page()', `async page(${call})`)}\nconst pages = new Pages();\n${inTool(
        `await pages.page(${call ? 'signal' : ''});`,
      )}`;
    const own = 'signal?: AbortSignal';
    expect(await codeAfter({ code: tool(inField('', '', '')) })).toBe(
      tool(inField('', own, ', { signal }'), own),
    );
    const typed = tool(inField(': () => Promise<unknown>', '', ''));
    expect(await codeAfter({ code: typed })).toBe(`offered: ${withLimit}`);
  });

  test('not where others call them with arguments of their own', async () => {
    const code = `${helper}${inTool("await load('a');")}\nvoid ['c', 'd'].map(load);`;
    expect(await codeAfter({ code })).toBe(`offered: ${withLimit}`);
  });
});
