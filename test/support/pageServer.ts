import { expect } from 'vitest';
import { makeCancellable } from '../../server/src/fixes/cancellation/makeCancellable.ts';
import { nodeFileSystem } from '../../server/src/nodeFileSystem.ts';
import { Workspace } from '../../server/src/project/workspace.ts';
import { applyEdits } from '../../server/src/text/edits.ts';
import { tempFolder } from './tempFolder.ts';

/*
 * A server whose tool `page` is made cancellable.
 */

/** The titles of the fixes. */
export const plain = 'Make this tool cancellable';
export const withLimit = 'Make this tool cancellable, with a time limit';

export interface Server {
  /** What stands between the imports and the start. */
  readonly code: string;
  readonly sdk?: 1 | 2;
  readonly file?: string;
  readonly imports?: string;
}

export function textOf({ code, sdk = 1, imports = '' }: Server): string {
  const head =
    sdk === 1
      ? `import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
`
      : `import { McpServer, StdioServerTransport } from '@modelcontextprotocol/server';
`;
  return `${head}${imports}
const server = new McpServer({ name: 'pages', version: '1.0.0' });
${code}
await server.connect(new StdioServerTransport());
`;
}

/** The file after a fix of the tool `page`, or the titles of those that are offered instead. */
export async function fixed(text: string, title: string, file = 'index.ts'): Promise<string> {
  const manifest = {
    name: 'pages',
    type: 'module',
    bin: file,
    dependencies: { '@modelcontextprotocol/sdk': '^1.32.0', '@modelcontextprotocol/server': '^2.0.0' },
  };
  const folder = tempFolder({ 'package.json': JSON.stringify(manifest), [file]: text });
  const workspace = new Workspace(nodeFileSystem);
  workspace.configure([folder], { trusted: false });
  const project = await workspace.snapshot();
  const [server] = project.servers;
  const tool = server?.tools.find(({ name }) => name === 'page');
  if (!server || !tool) throw new Error('no tool page was found');
  const fixes = makeCancellable(project, server, tool, 'rule');
  const fix = fixes.find((each) => each.title === title);
  if (!fix) return `offered: ${fixes.map((each) => each.title).join('; ')}`;
  return applyEdits(text, fix.edits.get(`${folder}/${file}`) ?? []);
}

/** What becomes of code; the lines around it are asserted to stay. */
export async function codeAfter(server: Server, title = plain): Promise<string> {
  const [before, behind] = textOf({ ...server, code: '<code>' }).split('<code>') as [string, string];
  const after = await fixed(textOf(server), title, server.file);
  if (!after.startsWith(before)) return after;
  expect(after).toContain(behind);
  return after.slice(before.length, after.indexOf(behind));
}

/** A tool of one statement, and what becomes of that. */
export const inTool = (statement: string) =>
  `server.tool('page', async ({ signal }) => {\n  ${statement}\n  return read();\n});`;
