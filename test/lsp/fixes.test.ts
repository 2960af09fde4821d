import { afterEach, describe, expect, it } from 'vitest';
import type { AnnotatedTextEdit, TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver';
import { fullCapabilities } from './fullCapabilities.ts';
import { type ClientOptions, TestClient } from './testClient.ts';

const source = 'file:///repo/src/index.ts';

/** Four things are wrong with its handlers, each of which a safe fix mends. */
const text = `import express from 'express';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { read } from './read.js';

let running = 0;
let database = { end: async () => {} };

function createServer(): McpServer {
  const server = new McpServer({ name: 'pages', version: '1.0.0' });
  server.registerTool('page', {}, async () => ({ content: [{ type: 'text', text: await read('page') }] }));
  // Kept for the operator.
  process.once('SIGUSR2', () => console.error(\`\${running} running\`));
  return server;
}

const app = express();
app.use(express.json());
app.post('/mcp', async (request, response) => {
  running += 1;
  response.on('close', () => (running -= 1));
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await createServer().connect(transport);
  await transport.handleRequest(request, response, request.body);
});
app.listen(3000);

process.on('SIGKILL', () => console.error('killed'));

process.on('SIGTERM', async () => {
  setTimeout(() => process.exit(1), 9_000).unref();
  const end = Date.now() + 5_000;
  while (running > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
  await database.end();
  process.exit(0);
});
`;

const helper = `import { setTimeout as wait } from 'node:timers/promises';

export async function read(name: string) {
  await wait(30_000);
  return \`This is \${name}\`;
}
`;

const files = {
  '/repo/package.json': JSON.stringify({
    name: 'pages',
    type: 'module',
    bin: 'src/index.ts',
    dependencies: { '@modelcontextprotocol/sdk': '^1.32.0', express: '^5.1.0' },
  }),
  '/repo/src/index.ts': text,
  '/repo/src/read.ts': helper,
};

let client: TestClient;
afterEach(() => client.dispose());

async function start(options: ClientOptions = {}): Promise<void> {
  client = await TestClient.start({ files, ...options });
  await client.open(source);
}

async function editOf(marker: string, title: string): Promise<WorkspaceEdit> {
  const action = (await client.actions(source, marker)).find((each) => each.title === title);
  if (!action) throw new Error(`no "${title}"`);
  return (action.edit ? action : await client.resolve(action)).edit ?? {};
}

function annotationsIn({ documentChanges = [] }: WorkspaceEdit): unknown[] {
  return documentChanges.flatMap((change) =>
    (change as TextDocumentEdit).edits.map((edit) => (edit as AnnotatedTextEdit).annotationId),
  );
}

describe('a fix that edits several files', () => {
  it('says in a preview what it is: each edit carries the annotation, and none asks to be ticked', async () => {
    await start();
    const edit = await editOf("'page'", 'Make this tool cancellable');
    expect(edit.documentChanges).toHaveLength(2);
    const [id, ...others] = new Set(annotationsIn(edit));
    expect(others).toEqual([]);
    expect(edit.changeAnnotations).toEqual({
      [String(id)]: {
        label: 'Make this tool cancellable',
        description: expect.stringMatching(/^Changes 2 files, and more than the defect/),
        needsConfirmation: false,
      },
    });
  });

  it('says when it is safe, and that a file is created too', async () => {
    const edits = new Map([
      ['/repo/src/index.ts', [{ start: 0, end: 0, newText: '// first\n' }]],
      ['/repo/src/new.ts', [{ start: 0, end: 0, newText: 'fresh();\n' }]],
    ]);
    const fix = { ruleId: 'two', title: 'Write both', isSafe: true, isPreferred: true, edits };
    const docs = { summary: '', what: '', why: '', fix: '' };
    const range = { start: 0, end: 6 };
    await start({
      rules: [
        {
          id: 'two',
          severity: 'warning',
          docs,
          check: ({ report }) => report({ path: '/repo/src/index.ts', range, message: 'two' }),
          fixes: () => [fix],
        },
      ],
    });
    const edit = await editOf('import', 'Write both');
    const [id = ''] = Object.keys(edit.changeAnnotations ?? {});
    expect(edit.changeAnnotations?.[id]).toMatchObject({ description: expect.stringContaining('Safe:') });
    expect(edit.documentChanges).toContainEqual({
      kind: 'create',
      uri: 'file:///repo/src/new.ts',
      annotationId: id,
    });
  });

  it('is applied at once by a client that shows no annotations', async () => {
    const { changeAnnotationSupport: _, ...workspaceEdit } = fullCapabilities.workspace.workspaceEdit;
    const workspace = { ...fullCapabilities.workspace, workspaceEdit };
    await start({ capabilities: { ...fullCapabilities, workspace } });
    const edit = await editOf("'page'", 'Make this tool cancellable');
    expect(edit.documentChanges).toHaveLength(2);
    expect(edit.changeAnnotations).toBeUndefined();
    expect(annotationsIn(edit).filter((id) => id !== undefined)).toEqual([]);
  });
});

describe('a fix of one file', () => {
  it('asks for nothing', async () => {
    await start();
    const edit = await editOf("'SIGKILL'", 'Remove the registration');
    expect(edit.changeAnnotations).toBeUndefined();
    expect(annotationsIn(edit)).toEqual([undefined]);
  });

  it('says in the hover whether it is safe', async () => {
    await start();
    const safe = await client.hover(source, "process.on('SIGKILL'");
    expect(JSON.stringify(safe?.contents)).toContain('`Remove the registration` (safe)');
    const unsafe = await client.hover(source, "'page'");
    expect(JSON.stringify(unsafe?.contents)).toContain('`Make this tool cancellable` (look at it first)');
  });
});

describe('fix all', () => {
  const markers = ["'SIGUSR2'", "'SIGKILL'", "process.on('SIGTERM'"];

  /** Takes the preferred action of each finding at a time that its hover calls safe, until none is left. */
  async function oneByOne(isReversed: boolean): Promise<string> {
    for (let round = 0; round < 10; round += 1) {
      const places = markers.filter((marker) => client.document(source).text.includes(marker));
      const action = await firstSafe(isReversed ? places.reverse() : places);
      if (!action) return client.document(source).text;
      await client.choose(source, ...action);
    }
    throw new Error('it never comes to an end');
  }

  async function firstSafe(places: readonly string[]): Promise<[string, string] | undefined> {
    for (const marker of places) {
      const hover = JSON.stringify((await client.hover(source, marker))?.contents ?? '');
      for (const { title, isPreferred } of await client.actions(source, marker, ['quickfix']))
        if (isPreferred && hover.includes(`\`${title}\` (safe)`)) return [marker, title];
    }
    return undefined;
  }

  it.each([false, true])('gives what the safe fixes give one by one (reversed: %s)', async (isReversed) => {
    await start();
    const single = await oneByOne(isReversed);
    client.dispose();
    await start();
    const only = ['source.fixAll.mcpShutdown'];
    for (let times = 0; times < 5 && (await client.actions(source, 'import', only)).length > 0; times += 1)
      await client.choose(source, 'import', /all safe/, only);
    const all = client.document(source).text;
    expect(all).toBe(single);
    expect(all).not.toContain('SIGKILL');
    expect(all).toContain("process.on('SIGINT', ");
    expect(all).toContain('if (isStopping) return;');
    expect(all).toMatch(/process\.once\('SIGUSR2'.*\n\napp\.listen/);
    // A second run changes nothing.
    expect(await client.actions(source, 'import', only)).toEqual([]);
  });
});
