/** A server whose tool `page` waits for the site of its environment, in one file. */
export interface CancellableServer {
  readonly file: string;
  readonly text: string;
  /** Whether the wait can be seen at the site; else it is only type-checked. */
  readonly isSeen?: boolean;
}

const stdio1 = `import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
`;
const stdio2 = `import { McpServer } from '@modelcontextprotocol/server';
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';
`;
const made =
  "\nconst site = process.env.SITE ?? '';\nconst server = new McpServer({ name: 'pages', version: '1.0.0' });\n\n";
const connected = '\nawait server.connect(new StdioServerTransport());\n';
const answer = "return { content: [{ type: 'text' as const, text }] };";

const v1 = (imports: string, code: string): CancellableServer => ({
  file: 'index.ts',
  text: stdio1 + imports + made + code + connected,
  isSeen: true,
});
const v2 = (imports: string, code: string): CancellableServer => ({
  file: 'index.ts',
  text: stdio2 + imports + made + code + connected,
  isSeen: true,
});
const fastmcp = (imports: string, code: string): CancellableServer => ({
  file: 'index.ts',
  text: `import { FastMCP } from 'fastmcp';
${imports}
const site = process.env.SITE ?? '';
const server = new FastMCP({ name: 'pages', version: '1.0.0' });

${code}
await server.start({ transportType: 'stdio' });
`,
  isSeen: true,
});
const js = ({ text }: CancellableServer): CancellableServer => ({
  file: 'index.js',
  text: text.replaceAll(' as const', ''),
  isSeen: true,
});

const zod = "import { z } from 'zod';\n";

const v1Registered = v1(
  zod,
  `server.registerTool('page', { inputSchema: { path: z.string() } }, async ({ path }, { requestId }) => {
  const response = await fetch(site + path, { headers: { 'X-Request': String(requestId) } });
  const text = await response.text();
  ${answer}
});
`,
);
const v1NoSchema = v1(
  "import { fetch } from 'undici';\n",
  `server.tool('page', 'Gets a page', async () => {
  const text = await (await fetch(site)).text();
  ${answer}
});
`,
);
const v1LowLevel: CancellableServer = {
  file: 'index.ts',
  isSeen: true,
  text: `import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { request } from 'undici';

const server = new Server({ name: 'pages', version: '1.0.0' }, { capabilities: { tools: {} } });

server.setRequestHandler(ListToolsRequestSchema, async () => ({
  tools: [{ name: 'page', inputSchema: { type: 'object' as const } }],
}));
server.setRequestHandler(CallToolRequestSchema, async (call) => {
  switch (call.params.name) {
    case 'page': {
      const { body } = await request(process.env.SITE ?? '', { method: 'GET' });
      const text = await body.text();
      ${answer}
    }
    default:
      throw new Error('no such tool');
  }
});

await server.connect(new StdioServerTransport());
`,
};
const v2Registered = v2(
  `${zod}import { get } from 'node:http';\n`,
  `server.registerTool('page', { inputSchema: z.object({ path: z.string() }) }, async ({ path }) => {
  const text = await new Promise<string>((resolve, reject) => {
    get(site + path, (response) => response.setEncoding('utf8').on('data', resolve)).on('error', reject);
  });
  ${answer}
});
`,
);
const fastmcpTool = fastmcp(
  zod,
  `server.addTool({
  name: 'page',
  description: 'Gets a page',
  parameters: z.object({ path: z.string() }),
  execute: async ({ path }) => {
    const response = await fetch(site + path);
    return response.text();
  },
});
`,
);

/** Every shape of handler, each beside another way to wait. */
export const cancellableServers: Readonly<Record<string, CancellableServer>> = {
  'SDK 1, second argument taken apart; fetch': v1Registered,
  'the same in JavaScript': js(v1Registered),
  'SDK 1 without input schema; undici': v1NoSchema,
  'SDK 1, named function; axios': v1(
    `${zod}import axios from 'axios';\n`,
    `async function page({ path }: { path: string }) {
  const { data } = await axios.get<string>(site + path, { timeout: 60_000 });
  const text = data;
  ${answer}
}

server.tool('page', { path: z.string() }, page);
`,
  ),
  'SDK 1, method; axios instance': v1(
    `${zod}import axios from 'axios';\n`,
    `class Pages {
  private readonly http = axios.create({ baseURL: site });

  async page({ path }: { path: string }) {
    const { data: text } = await this.http.post<string>(path, { full: true });
    ${answer}
  }
}

const pages = new Pages();
server.registerTool('page', { inputSchema: { path: z.string() } }, pages.page.bind(pages));
`,
  ),
  'SDK 1, low level; undici request': v1LowLevel,
  'SDK 1, low level, JavaScript': js(v1LowLevel),
  'SDK 1, own function behind it; child process': v1(
    `import { execFile } from 'node:child_process';\nimport { promisify } from 'node:util';\n`,
    `const run = promisify(execFile);
const script = 'fetch(process.env.SITE).then(() => {})';

async function load() {
  const { stdout } = await run(process.execPath, ['-e', script]);
  return stdout;
}

server.registerTool('page', {}, async () => {
  const text = await load();
  ${answer}
});
`,
  ),
  'SDK 2, with schema; node:http': v2Registered,
  'SDK 2 without schema; fetch, JavaScript': js(
    v2(
      '',
      `server.registerTool('page', {}, async () => {
  const text = await (await fetch(site)).text();
  ${answer}
});
`,
    ),
  ),
  'SDK 2 without schema, named arrow; fetch': v2(
    '',
    `const page = async () => {
  const text = await (await fetch(site)).text();
  ${answer}
};

server.registerTool('page', { description: 'Gets a page' }, page);
`,
  ),
  'SDK 2, low level; fetch': {
    file: 'index.ts',
    isSeen: true,
    text: `${stdio2.replace('McpServer', 'Server')}
const server = new Server({ name: 'pages', version: '1.0.0' }, { capabilities: { tools: {} } });

server.setRequestHandler('tools/list', async () => ({
  tools: [{ name: 'page', inputSchema: { type: 'object' as const } }],
}));
server.setRequestHandler('tools/call', async () => {
  const text = await (await fetch(process.env.SITE ?? '')).text();
  ${answer}
});
${connected}`,
  },
  'fastmcp; fetch': fastmcpTool,
  'fastmcp, JavaScript': js(fastmcpTool),
  'fastmcp without parameters, method; undici': fastmcp(
    "import { Agent, request } from 'undici';\n",
    `const dispatcher = new Agent();

server.addTool({
  name: 'page',
  async execute() {
    const { body } = await request(site, { dispatcher });
    return body.text();
  },
});
`,
  ),
  'SDK 1; timers, files, events, streams, queries': {
    ...v1(
      `import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { scheduler, setTimeout as wait } from 'node:timers/promises';
import { spawn, exec } from 'node:child_process';
import { Pool } from 'pg';
import { Client } from 'undici';
`,
      `const pool = new Pool();
const client = new Client(site);

server.registerTool('page', { description: 'Does much' }, async ({ sendNotification }) => {
  await wait(5_000);
  await scheduler.wait(5_000);
  await client.request({ method: 'GET', path: '/' });
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  await pipeline(createReadStream('a'), createWriteStream('b'));
  const child = spawn('make');
  await once(child, 'exit');
  await new Promise<void>((resolve, reject) => {
    spawn('make', ['all'], { cwd: '/' }).on('error', reject).on('close', () => resolve());
  });
  await new Promise<string>((resolve) => exec('ls', (_error, out) => resolve(out)));
  const { rows } = await pool.query<{ id: string }>('select id from pages');
  const text = (await readFile('a', 'utf8')) + rows.map(({ id }) => id).join() + typeof sendNotification;
  ${answer}
});
`,
    ),
    isSeen: false,
  },
};
