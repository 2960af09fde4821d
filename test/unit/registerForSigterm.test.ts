import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { check } from '../../server/src/engine/check.ts';
import { fixesOf } from '../../server/src/engine/fixAll.ts';
import type { Fix } from '../../server/src/engine/types.ts';
import { nodeFileSystem } from '../../server/src/nodeFileSystem.ts';
import type { Project } from '../../server/src/project/project.ts';
import { Workspace } from '../../server/src/project/workspace.ts';
import { missingSigtermHandler } from '../../server/src/rules/missing-sigterm-handler.ts';
import { applyEdits } from '../../server/src/text/edits.ts';
import { tempFolder } from '../support/tempFolder.ts';

const manifest = JSON.stringify({
  name: 'notes',
  type: 'module',
  bin: 'index.js',
  dependencies: { '@modelcontextprotocol/sdk': '1' },
});

const start = `import { drain } from 'lifecycle-kit';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
server.connect(new StdioServerTransport());
`;

const stop = `async function stop() {
  await drain(server);
  process.exit(0);
}
`;

async function projectIn(folder: string): Promise<Project> {
  const workspace = new Workspace(nodeFileSystem);
  workspace.configure([folder], { trusted: false });
  return workspace.snapshot();
}

async function fixesFor(project: Project): Promise<readonly Fix[]> {
  const [finding] = check(project, [missingSigtermHandler]).findings;
  expect(finding?.ruleId).toBe('missing-sigterm-handler');
  return fixesOf(project, finding!, [missingSigtermHandler]);
}

/** What a server's file becomes by the fix; `undefined` where none is offered. */
async function fixed(text: string, name = 'index.js'): Promise<string | undefined> {
  const folder = tempFolder({ 'package.json': manifest.replace('index.js', name), [name]: text });
  const project = await projectIn(folder);
  const [fix] = await fixesFor(project);
  if (!fix) return undefined;
  expect([...fix.edits.keys()]).toEqual([`${folder}/${name}`]);
  return applyEdits(text, fix.edits.get(`${folder}/${name}`)!);
}

/** What the lines after the common part become. */
async function fixedTail(tail: string): Promise<string | undefined> {
  const text = start + stop + tail;
  const after = await fixed(text);
  if (after === undefined) return undefined;
  expect(after.startsWith(start + stop)).toBe(true);
  return after.slice((start + stop).length);
}

describe('a handler with a name gets one more line', () => {
  test.each([
    ["process.on('SIGINT', stop);\n", "process.on('SIGINT', stop);\nprocess.on('SIGTERM', stop);\n"],
    ["process.on('SIGINT', stop)\n", "process.on('SIGINT', stop)\nprocess.on('SIGTERM', stop)\n"],
    ["process.on('SIGINT', stop)", "process.on('SIGINT', stop)\nprocess.on('SIGTERM', stop)"],
    ['process.once("SIGINT", stop);', 'process.once("SIGINT", stop);\nprocess.once("SIGTERM", stop);'],
    ['process.on(`SIGINT`, stop);', 'process.on(`SIGINT`, stop);\nprocess.on(`SIGTERM`, stop);'],
    [
      "process.on('SIGINT', stop); // Ctrl+C\nmore();",
      "process.on('SIGINT', stop); // Ctrl+C\nprocess.on('SIGTERM', stop);\nmore();",
    ],
    [
      "process.on('SIGINT', () => stop()); /* a */ more();",
      "process.on('SIGINT', () => stop());\nprocess.on('SIGTERM', () => stop()); /* a */ more();",
    ],
    [
      "if (a) {\n\tprocess.on('SIGINT', stop);\n}",
      "if (a) {\n\tprocess.on('SIGINT', stop);\n\tprocess.on('SIGTERM', stop);\n}",
    ],
  ])('%j', async (before, after) => {
    expect(await fixedTail(before)).toBe(after);
  });
});

describe('a long handler gets a name', () => {
  test.each([
    [
      "process.on('SIGINT', async () => {\n  await drain(server);\n  process.exit();\n});",
      "const shutdown = async () => {\n  await drain(server);\n  process.exit();\n};\nprocess.on('SIGINT', shutdown);\nprocess.on('SIGTERM', shutdown);",
    ],
    [
      'process.on("SIGINT", async function () {\n  await stop();\n})\n',
      'const shutdown = async function () {\n  await stop();\n}\nprocess.on("SIGINT", shutdown)\nprocess.on("SIGTERM", shutdown)\n',
    ],
    [
      "process.on(\n  'SIGINT',\n  async () => {\n    await stop(\n      'a',\n    );\n  },\n);",
      "const shutdown = async () => {\n  await stop(\n    'a',\n  );\n};\nprocess.on('SIGINT', shutdown);\nprocess.on('SIGTERM', shutdown);",
    ],
    [
      "process.on(\n  'SIGINT',\n  async () => {\n    console.error(`a\n    b`);\n    await stop();\n  },\n);",
      "const shutdown = async () => {\n    console.error(`a\n    b`);\n    await stop();\n  };\nprocess.on('SIGINT', shutdown);\nprocess.on('SIGTERM', shutdown);",
    ],
  ])('%j', async (before, after) => {
    expect(await fixedTail(before)).toBe(after);
  });

  test('that nothing in the file has', async () => {
    const handler = "process.on('SIGINT', async () => {\n  await stop();\n});";
    expect(await fixedTail(`let shutdown;\n${handler}`)).toContain('const handleShutdown = async');
    expect(await fixedTail(`function f(shutdown, handleShutdown) {}\n${handler}`)).toContain(
      'const onShutdownSignal = async',
    );
    // A name of somewhere else that the file uses would be hidden by a constant of that name.
    expect(await fixedTail(`shutdown();\n${handler}`)).toContain('const handleShutdown = async');
  });

  test('with the line ending and the mark of the file', async () => {
    const handler = "process.on('SIGINT', async () => {\n  await stop();\n});\n";
    const text = `\uFEFF${start}${stop}${handler}`.replaceAll('\n', '\r\n');
    const after = await fixed(text);
    expect(after?.startsWith('\uFEFF')).toBe(true);
    expect(after?.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });
});

describe('nothing is offered where', () => {
  test.each([
    ['the handler does not wait', "process.on('SIGINT', () => {\n  server.close();\n  process.exit();\n});"],
    ['the handler does not exit', "process.on('SIGINT', async () => {\n  await drain(server);\n});"],
    ['the handler exits at once', "process.on('SIGINT', () => process.exit(0));"],
    ['there are two', "process.on('SIGINT', stop);\nprocess.on('SIGINT', stop);"],
    ['a comment stands between', "process.on('SIGINT', /* a */ async () => {\n  await stop();\n});"],
    ['a comment stands behind', "process.on('SIGINT', async () => {\n  await stop();\n} /* a */);"],
    ['the signal is in a variable', "const name = 'SIGINT';\nprocess.on(name, stop);"],
    ['the call is part of another', "process.on('SIGINT', stop).on('SIGHUP', stop);"],
    ['the value is kept', "const p = process.on('SIGINT', stop);"],
    ['it is not alone on its line', "if (a) process.on('SIGINT', stop);"],
    ['the handler is unknown', "process.on('SIGINT', handlers[0]);"],
    ['the file is broken', "process.on('SIGINT', stop);\nconst a = {"],
  ])('%s', async (_, tail) => {
    expect(await fixedTail(tail)).toBeUndefined();
  });
});

describe('run after the fix, the handler answers SIGTERM', () => {
  const fixture = (name: string) =>
    readFileSync(join(import.meta.dirname, 'source', `${name}.mjs.txt`), 'utf8');

  test.each([
    ['sigint-named', 'closed 1 call', 3],
    ['sigint-inline', 'inline: closed', 4],
    ['sigint-once', 'once: closed', 5],
  ])('%s', async (name, message, code) => {
    const text = fixture(name);
    const folder = tempFolder({
      'package.json': manifest.replace('index.js', 'index.mjs'),
      'index.mjs': text,
      ...stub,
    });
    const before = await stopped(folder);
    expect(before).toEqual({ output: 'listening\n', code: null, signal: 'SIGTERM' });
    const [fix] = await fixesFor(await projectIn(folder));
    writeFileSync(join(folder, 'index.mjs'), applyEdits(text, fix!.edits.get(`${folder}/index.mjs`)!));
    expect(await stopped(folder)).toEqual({ output: `listening\n${message}\n`, code, signal: null });
  });
});

/** As much of the SDK as starts; node finds it, the checker does not look there. */
const stub = {
  'node_modules/@modelcontextprotocol/sdk/package.json': '{ "type": "module" }',
  'node_modules/@modelcontextprotocol/sdk/server/streamableHttp.js':
    'export class StreamableHTTPServerTransport { handleRequest(req, res) { res.end("ok"); } }',
};

interface Ending {
  readonly output: string;
  readonly code: number | null;
  readonly signal: string | null;
}

/** Starts a server, sends SIGTERM as soon as it listens, and tells how it ended. */
function stopped(folder: string): Promise<Ending> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['index.mjs'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const guard = setTimeout(() => child.kill('SIGKILL'), 20_000);
    let output = '';
    child.stdout.on('data', (chunk) => {
      const before = output;
      output += chunk;
      if (!before.includes('listening') && output.includes('listening')) child.kill('SIGTERM');
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(guard);
      resolve({ output, code, signal });
    });
  });
}
