import { expect, test } from 'vitest';
import { Analysis } from '../../server/src/engine/analysis.ts';
import { check } from '../../server/src/engine/check.ts';
import { openProject } from '../../server/src/engine/openProject.ts';
import { defaultDrainMs } from '../../server/src/project/deployments/budgets.ts';
import { Workspace } from '../../server/src/project/workspace.ts';
import { rules } from '../../server/src/rules/index.ts';
import { MemoryFileSystem } from '../lsp/memoryFileSystem.ts';

const manifest =
  '{ "name": "notes", "main": "index.ts", "dependencies": { "@modelcontextprotocol/sdk": "1" } }';

/** A server that does this on SIGTERM. */
function serverWith(shutdown: string): string {
  return `import { createServer } from 'node:http';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import pg from 'pg';
import { parkAll, closeEverything } from '@acme/lifecycle';

const pool = new pg.Pool();
const transport = new StreamableHTTPServerTransport({});
const server = new McpServer({ name: 'notes', version: '1.0.0' });
server.registerTool('rows', {}, async () => ({ content: [{ type: 'text', text: String(await pool.query('x')) }] }));
await server.connect(transport);
createServer((req, res) => transport.handleRequest(req, res)).listen(3000);

async function untilIdle(): Promise<void> {
  await hooks.get('idle');
}
const hooks = new Map<string, Promise<void>>();
let isEnding = false;
process.on('SIGTERM', async () => {
  if (isEnding) return;
  isEnding = true;
  setTimeout(() => process.exit(1), 8_000).unref();
  ${shutdown}
  process.exit(0);
});
`;
}

/** The rules that report anything about the server, with some settings. */
async function findings(shutdown: string, settings: object): Promise<string[]> {
  const project = await projectOf({ 'index.ts': serverWith(shutdown) }, settings);
  return check(project, rules).findings.map(({ ruleId }) => ruleId);
}

async function projectOf(files: Record<string, string>, settings: object) {
  const all = {
    'package.json': manifest,
    'mcp-shutdown.json': JSON.stringify({ shutdown: settings }),
    ...files,
  };
  return openProject(new Workspace(inMemory(all)), '/w', {}, false);
}

function inMemory(files: Record<string, string>): MemoryFileSystem {
  return new MemoryFileSystem(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`/w/${name}`, text])),
  );
}

test.each(['parkAll', 'untilIdle'])('await %s() waits for the calls where people say so', async (name) => {
  const shutdown = `await ${name}();\n  await server.close();\n  await pool.end();`;
  expect(await findings(shutdown, {})).toContain('in-flight-calls-dropped');
  expect(await findings(shutdown, { drainFunctions: [name] })).not.toContain('in-flight-calls-dropped');
});

test('a drain that comes after the close is too late, whoever says that it is one', async () => {
  const shutdown = 'await server.close();\n  await parkAll();\n  await pool.end();';
  const found = await findings(shutdown, { drainFunctions: ['parkAll'] });
  expect(found).toContain('cleanup-before-drain');
});

test('what a named function closes is not reported as left open', async () => {
  const shutdown = 'await server.close();\n  await closeEverything();';
  expect(await findings(shutdown, {})).toContain('resource-not-closed');
  const found = await findings(shutdown, { closeFunctions: ['closeEverything'] });
  expect(found).not.toContain('resource-not-closed');
  expect(found).toContain('in-flight-calls-dropped');
});

const polling = serverWith(`const end = Date.now() + Number(process.env.DRAIN_MS);
  while (calls > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
  await pool.end();`)
  .replace('setTimeout(() => process.exit(1), 8_000).unref();', '')
  .replace('let isEnding', 'let calls = 0;\nlet isEnding');
const deployed = {
  'index.ts': polling,
  Dockerfile: 'FROM node:22-slim\nCMD ["node", "index.ts"]\n',
  'compose.yaml': 'services:\n  notes:\n    build: .\n    stop_grace_period: 20s\n',
};

async function graceFindings(settings: object): Promise<string[]> {
  const { findings: found } = check(await projectOf(deployed, settings), rules);
  return found.flatMap(({ ruleId, message }) =>
    ruleId === 'grace-period-too-short' ? [message.split(':')[0] ?? ''] : [],
  );
}

test('a drain that only the environment knows takes as long as people say', async () => {
  expect(await graceFindings({})).toEqual([]);
  expect(await graceFindings({ drainTimeoutMs: 10_000 })).toEqual([]);
  expect(await graceFindings({ drainTimeoutMs: 17_000 })).toEqual([
    'Drain 17 s + 5 s buffer = 22 s, but Compose kills after 20 s',
  ]);
});

test('the buffer is as long as people say', async () => {
  expect(await graceFindings({ drainTimeoutMs: 17_000, bufferMs: 2_000 })).toEqual([]);
  expect(await graceFindings({ drainTimeoutMs: 10_000, bufferMs: 11_000 })).toEqual([
    'Drain 10 s + 11 s buffer = 21 s, but Compose kills after 20 s',
  ]);
});

test.each([
  [{}, 15_000],
  [{ drainTimeoutMs: 7_000 }, 7_000],
  [{ drainTimeoutMs: 60_000 }, 15_000],
  [{ bufferMs: 2_000 }, 18_000],
])('a new handler waits no longer than %j and the grace period allow', async (settings, ms) => {
  const project = await projectOf(deployed, settings);
  expect(defaultDrainMs(project, project.servers[0]!)).toBe(ms);
});

test('a changed setting counts at once, and so does its end', async () => {
  const shutdown = 'await parkAll();\n  await server.close();\n  await pool.end();';
  const fs = inMemory({ 'package.json': manifest, 'index.ts': serverWith(shutdown) });
  const analysis = new Analysis(new Workspace(fs), rules, () => undefined);
  analysis.setRoots(['/w'], true);
  const isDropped = async (settings: object) => {
    analysis.setSettings({ fallback: { shutdown: settings } });
    const { findings: found } = await analysis.run(new AbortController().signal);
    return found.some(({ ruleId }) => ruleId === 'in-flight-calls-dropped');
  };
  expect(await isDropped({})).toBe(true);
  expect(await isDropped({ drainFunctions: ['parkAll'] })).toBe(false);
  expect(await isDropped({ drainFunctions: ['other'] })).toBe(true);
  expect(await isDropped({ drainFunctions: ['parkAll'] })).toBe(false);
  expect(await isDropped({})).toBe(true);
});

test('each package of a workspace has settings of its own', async () => {
  const server = serverWith('await parkAll();\n  await server.close();\n  await pool.end();');
  const packages = ['a', 'b'].flatMap((name): [string, string][] => [
    [`${name}/package.json`, manifest],
    [`${name}/index.ts`, server],
  ]);
  const config = '{ "shutdown": { "drainFunctions": ["parkAll"] } }';
  const files = { ...Object.fromEntries(packages), 'a/mcp-shutdown.json': config };
  const project = await openProject(new Workspace(inMemory(files)), '/w', {}, false);
  const dropped = check(project, rules).findings.filter(({ ruleId }) => ruleId === 'in-flight-calls-dropped');
  expect(dropped.map(({ path }) => path)).toEqual(['/w/b/index.ts']);
});
