import { afterEach, describe, expect, it } from 'vitest';
import { TestClient } from './testClient.ts';

const source = 'file:///repo/src/index.ts';

const text = `import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { read } from './read.js';

const server = new McpServer({ name: 'pages', version: '1.0.0' });
server.registerTool('note', { description: 'Notes' }, async () => ({
  content: [{ type: 'text', text: await read('note') }],
}));
server.registerTool('sum', { description: 'Adds' }, async () => ({ content: [{ type: 'text', text: '2' }] }));
server.registerTool('page', { description: 'A page' }, async () => {
  const response = await fetch('https://pages.example');
  return { content: [{ type: 'text', text: await response.text() }] };
});
await server.connect(new StdioServerTransport());
`;

const helper = `import { setTimeout as wait } from 'node:timers/promises';

export async function read(name: string) {
  await wait(50);
  return \`This is \${name}\`;
}
`;

let client: TestClient;
afterEach(() => client.dispose());

async function start(): Promise<void> {
  const manifest = {
    name: 'pages',
    type: 'module',
    bin: 'src/index.ts',
    dependencies: { '@modelcontextprotocol/sdk': '^1.32.0' },
  };
  client = await TestClient.start({
    files: {
      '/repo/package.json': JSON.stringify(manifest),
      '/repo/src/index.ts': text,
      '/repo/src/read.ts': helper,
    },
  });
  await client.open(source);
}

describe('a tool that is no finding', () => {
  it('is made cancellable from anywhere in its registration, over files', async () => {
    await start();
    const [action] = await client.actions(source, 'Notes');
    expect(action).toMatchObject({ title: 'Make this tool cancellable', kind: 'refactor.rewrite' });
    await client.apply(action?.edit ?? {});
    expect(client.document(source).text).toContain(
      "async ({ signal }) => ({\n  content: [{ type: 'text', text: await read('note', signal) }],",
    );
    expect(client.disk.files.get('/repo/src/read.ts')).toContain(
      'read(name: string, signal?: AbortSignal) {\n  await wait(50, undefined, { signal });',
    );
    expect(await client.titles(source, 'Notes')).toEqual(['Make this tool cancellable, with a time limit']);
  });

  it('gets a time limit, though it waits for nothing that could be cancelled; once', async () => {
    await start();
    await client.choose(source, 'Adds', 'Make this tool cancellable, with a time limit');
    expect(client.document(source).text).toContain(
      "async (extra) => withTimeLimit(30_000, extra.signal, async () => ({ content: [{ type: 'text', text: '2' }] })));",
    );
    expect(await client.titles(source, 'Adds')).toEqual(['Make all tools of this server cancellable']);
  });

  it('is changed with all others of the server', async () => {
    await start();
    await client.choose(source, 'Adds', 'Make all tools of this server cancellable');
    const after = client.document(source).text;
    expect(after).toContain("read('note', signal)");
    expect(after).toContain("fetch('https://pages.example', { signal })");
    expect(after).toContain("registerTool('sum', { description: 'Adds' }, async () =>");
    expect(await client.codes(source)).not.toContain('tool-ignores-cancellation');
  });
});

describe('refactorings', () => {
  it('are not offered twice where a quick fix does the same', async () => {
    await start();
    const titles = await client.titles(source, "'page'");
    expect(titles.filter((title) => title === 'Make this tool cancellable')).toHaveLength(1);
  });

  it('are asked for alone, and are none outside a tool', async () => {
    await start();
    const kinds = (await client.actions(source, "'page'", ['refactor'])).map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(['refactor.rewrite']));
    expect(await client.actions(source, 'StdioServerTransport', ['refactor'])).toEqual([]);
  });
});
