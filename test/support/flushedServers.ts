import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { check } from '../../server/src/engine/check.ts';
import { fixesOf } from '../../server/src/engine/fixAll.ts';
import type { Rule } from '../../server/src/engine/types.ts';
import { nodeFileSystem } from '../../server/src/nodeFileSystem.ts';
import type { Project } from '../../server/src/project/project.ts';
import { Workspace } from '../../server/src/project/workspace.ts';
import { applyEdits } from '../../server/src/text/edits.ts';
import { linkReal } from './realPackages.ts';
import { tempFolder } from './tempFolder.ts';

/*
 * Servers that write a lot in the last moment, as calls do that were in flight, and then exit; with the real packages.
 */

/** The manifest of the servers. */
export const manifest = JSON.stringify({
  name: 'reports',
  type: 'module',
  bin: 'index.js',
  dependencies: {
    '@modelcontextprotocol/sdk': '1',
    winston: '3',
    pino: '10',
    '@opentelemetry/sdk-node': '0',
  },
});

/** As much of the SDK as starts. */
const sdk = {
  'node_modules/@modelcontextprotocol/sdk/package.json': '{ "type": "module" }',
  'node_modules/@modelcontextprotocol/sdk/server/mcp.js':
    'export class McpServer { async connect() { setInterval(() => {}, 1_000); } async close() {} }',
  'node_modules/@modelcontextprotocol/sdk/server/stdio.js': 'export class StdioServerTransport {}',
};

/** A server in a folder. `last` is what its calls write before it exits. */
export function serverIn(setup: string, last: string, packages: readonly string[], from: string): string {
  const text = `import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
${setup}
const server = new McpServer({ name: 'reports', version: '1.0.0' });

async function stop() {
  setTimeout(() => process.exit(1), 9_000);
  ${last}
  await server.close();
  process.exit(0);
}

process.on('SIGTERM', stop);
await server.connect(new StdioServerTransport());
console.log('listening');
`;
  const folder = tempFolder({ 'package.json': manifest, 'index.js': text, ...sdk });
  linkReal(folder, packages, from);
  return folder;
}

/** What a folder's project is seen as. */
export function projectIn(folder: string): Promise<Project> {
  const workspace = new Workspace(nodeFileSystem);
  workspace.configure([folder], { trusted: false });
  return workspace.snapshot();
}

/** Applies the one fix of a rule to a file of the folder; after it the rule is silent. */
export async function applyFixIn(folder: string, rule: Rule, file = 'index.js'): Promise<void> {
  const project = await projectIn(folder);
  const [finding, ...others] = check(project, [rule]).findings;
  expect(others).toEqual([]);
  const [fix] = await fixesOf(project, finding!, [rule]);
  const path = join(folder, file);
  writeFileSync(path, applyEdits(readFileSync(path, 'utf8'), fix!.edits.get(`${folder}/${file}`)!));
  expect(check(await projectIn(folder), [rule]).findings).toEqual([]);
}

/** How many lines a file has; 0 without the file. */
export function linesIn(folder: string, file = 'audit.log'): number {
  const path = join(folder, file);
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0;
}

/** What a server needs that sends spans. */
export const openTelemetry = [
  '@opentelemetry/sdk-node',
  '@opentelemetry/api',
  '@opentelemetry/exporter-trace-otlp-http',
];

/** A collector that counts the spans that it is sent; `answers: false` leaves senders waiting. */
export async function startCollector(answers = true) {
  const collector = { url: '', spans: 0, stop: () => Promise.resolve() };
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    if (!answers) return;
    for (const { scopeSpans } of JSON.parse(text).resourceSpans)
      for (const { spans } of scopeSpans) collector.spans += spans.length;
    response.setHeader('Content-Type', 'application/json').end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  collector.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/traces`;
  collector.stop = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  onTestFinished(() => collector.stop());
  return collector;
}
