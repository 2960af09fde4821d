import { describe, expect, test } from 'vitest';
import { insertHandler } from '../../server/src/fixes/handler/insertHandler.ts';
import { nodeFileSystem } from '../../server/src/nodeFileSystem.ts';
import { Workspace } from '../../server/src/project/workspace.ts';
import { applyEdits } from '../../server/src/text/edits.ts';
import { tempFolder } from '../support/tempFolder.ts';

const manifest = (type = 'module') =>
  JSON.stringify({
    name: 'orders',
    type,
    main: 'index.js',
    dependencies: { '@modelcontextprotocol/sdk': '1' },
  });

const sdk = `import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
`;
const connected = `const server = new McpServer({ name: 'orders', version: '1.0.0' });
const transport = new StreamableHTTPServerTransport({});
await server.connect(transport);
`;

/** The files after the first fix, by name; `undefined` where none is offered. */
async function fixed(files: Record<string, string>): Promise<Record<string, string> | undefined> {
  const folder = tempFolder({ 'package.json': manifest(), ...files });
  const workspace = new Workspace(nodeFileSystem);
  workspace.configure([folder], { trusted: false });
  const project = await workspace.snapshot();
  expect(project.servers).toHaveLength(1);
  const [fix] = insertHandler(project, project.servers[0]!, 'missing-sigterm-handler');
  if (!fix) return undefined;
  return Object.fromEntries(
    [...fix.edits].map(([path, edits]) => [
      path.slice(folder.length + 1),
      applyEdits(project.files.get(path)?.text ?? '', edits),
    ]),
  );
}

async function fixedIndex(text: string, others: Record<string, string> = {}): Promise<string> {
  const files = await fixed({ ...others, 'index.js': text });
  return files?.['index.js'] ?? 'no fix';
}

describe('the guard', () => {
  const express = (routes: string) =>
    `${sdk}import express from 'express';\n${connected}const app = express();\n${routes}app.listen(3000);\n`;

  test('stands behind the body parser that a route has to itself', async () => {
    const text = express(
      `app.post(PATH, express.json(), (req, res) => transport.handleRequest(req, res, req.body));\n`,
    );
    expect(await fixedIndex(text)).toContain('app.post(PATH, express.json(), admit, (req, res) =>');
  });

  test('names the path as the author does', async () => {
    const text = express(`app.use(express.json());
const PATH = '/mcp';
app.post(PATH, (req, res) => transport.handleRequest(req, res, req.body));
`);
    expect(await fixedIndex(text)).toContain('app.use(PATH, admit);\napp.post(PATH, (req, res)');
  });

  test('reads the body where nothing else does, in braces that it brings', async () => {
    const text = `${sdk}import { createServer } from 'node:http';
${connected}const http = createServer(async (req, res) => {
  if (req.url === '/mcp') return transport.handleRequest(req, res);
  res.writeHead(404).end();
});
http.listen(3000);
`;
    expect(await fixedIndex(text)).toContain(`  if (req.url === '/mcp') {
    const body = await unreadBody(req);
    if (!admit(req, res, body)) return;
    return transport.handleRequest(req, res, body);
  }
`);
  });

  test('reads no body of a request that has none', async () => {
    const text = `${sdk}import { createServer } from 'node:http';
${connected}const http = createServer(async (req, res) => {
  if (req.method === 'GET') {
    await transport.handleRequest(req, res);
  } else {
    const message = await json(req);
    await transport.handleRequest(req, res, message);
  }
});
http.listen(3000);
`;
    const after = await fixedIndex(text);
    expect(after).toContain(
      '    if (!admit(req, res)) return;\n    await transport.handleRequest(req, res);',
    );
    expect(after).toContain('    if (!admit(req, res, message)) return;\n');
    expect(after).not.toContain('unreadBody');
  });

  test('has no place in an arrow function that is an expression: no fix', async () => {
    const text = `${sdk}import { createServer } from 'node:http';
${connected}createServer((req, res) => transport.handleRequest(req, res)).listen(3000);
`;
    expect(await fixedIndex(text)).toBe('no fix');
  });
});

describe('the health route', () => {
  test('without braces gets a test of its own', async () => {
    const text = `${sdk}import { createServer } from 'node:http';
${connected}const http = createServer(async (req, res) => {
  if (req.url === '/health') return res.end('ok');
  await transport.handleRequest(req, res);
});
http.listen(3000);
`;
    expect(await fixedIndex(text)).toContain(
      `  if (req.url === '/health' && reportStopping(res)) return;\n  if (req.url === '/health') return res.end('ok');`,
    );
  });
});

describe('the listener', () => {
  const body = `app.post('/mcp', (req, res) => transport.handleRequest(req, res, req.body));\n`;
  const app = `${sdk}import express from 'express';\n${connected}const app = express();\n${body}`;

  test('that is returned gets a name first', async () => {
    const text = `${app}function start() {\n  return app.listen(3000);\n}\nstart();\n`;
    expect(await fixedIndex(text)).toContain(`function start() {
  const listener = app.listen(3000);
  stopOnSignals([['HTTP listener', () => closeListener(listener)]]);
  return listener;
}`);
  });

  test('in an if without braces has no place: no fix', async () => {
    expect(await fixedIndex(`${app}if (process.env.PORT)\n  app.listen(process.env.PORT);\n`)).toBe('no fix');
  });
});

describe('resources', () => {
  const http = (head: string) => `${sdk}import { createServer } from 'node:http';
${head}${connected}const http = createServer(async (req, res) => {
  await transport.handleRequest(req, res);
});
http.listen(3000);
`;

  test('a private pool of another module is released by a function that it gets', async () => {
    const files = await fixed({
      'index.js': http(`import { query } from './db.js';\nquery();\n`),
      'db.js': `import { Pool } from 'pg';\nconst pool = new Pool();\nexport const query = () => pool.query('');\n`,
    });
    expect(files?.['db.js']).toContain('export async function closePool() {\n  await pool.end();\n}');
    expect(files?.['index.js']).toContain(`import { query, closePool } from './db.js';`);
    expect(files?.['index.js']).toContain(`['PostgreSQL connection pool', () => closePool()]`);
  });

  test('or by the one that it has', async () => {
    const files = await fixed({
      'index.js': http(`import { query } from './db.js';\nquery();\n`),
      'db.js': `import { Pool } from 'pg';
let pool;
export const query = () => (pool ??= new Pool()).query('');
export const disconnect = async () => pool?.end();
`,
    });
    expect(Object.keys(files ?? {})).toEqual(['index.js']);
    expect(files?.['index.js']).toContain(`['PostgreSQL connection pool', () => disconnect()]`);
  });

  test('a local variable counts where it is in scope', async () => {
    const text = `${sdk}import { createServer } from 'node:http';
import { Pool } from 'pg';
${connected}async function main() {
  const pool = new Pool();
  const http = createServer(async (req, res) => {
    await transport.handleRequest(req, res);
  });
  http.listen(3000);
}
function other() {
  const elsewhere = new Pool();
  return elsewhere;
}
main();
other();
`;
    const after = await fixedIndex(text);
    expect(after).toContain(`['PostgreSQL connection pool', () => pool.end()],`);
    expect(after).not.toContain('elsewhere.end()');
  });
});

test('names join the imports that a file has, on one line or on several', async () => {
  const text = `import {
  isInitializeRequest,
} from '@modelcontextprotocol/sdk/types.js';
${sdk}import { createServer } from 'node:http';
${connected}isInitializeRequest({});
const http = createServer(async (req, res) => {
  await transport.handleRequest(req, res);
});
http.listen(3000);
`;
  expect(await fixedIndex(text)).toContain(`import {
  isInitializeRequest,
  CallToolRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';`);
});

test('a package that the server depends on is not made to import from it', async () => {
  const folder = {
    'package.json': JSON.stringify({ name: 'all', private: true, workspaces: ['packages/*'] }),
    'packages/kit/package.json': JSON.stringify({ name: 'kit', type: 'module', main: 'index.js' }),
    'packages/kit/index.js': `${sdk.split('\n')[0]}
export function make() {
  const server = new McpServer({ name: 'kit', version: '1.0.0' });
  return server;
}
`,
    'packages/app/package.json': manifest(),
    'packages/app/index.js': `import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { make } from 'kit';
await make().connect(new StdioServerTransport());
`,
  };
  const files = await fixed(folder);
  // The calls are counted where the app connects its transport.
  expect(Object.keys(files ?? {})).toEqual(['packages/app/index.js']);
  expect(files?.['packages/app/index.js']).toContain(`const transport = new StdioServerTransport();
await make().connect(transport);
trackToolCalls(transport);
`);
});

test('a transport whose connection nobody waits for is not tracked: it may not have begun', async () => {
  const own = `${sdk.split('\n')[0]}
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
class Notes extends McpServer {}
const transport = new StdioServerTransport();
`;
  const connect = "new Notes({ name: 'notes', version: '1.0.0' }).connect(transport)";
  expect(await fixedIndex(`${own}await ${connect};\n`)).toContain('trackToolCalls(transport);');
  expect(await fixedIndex(`${own}${connect};\n`)).toBe('no fix');
});
