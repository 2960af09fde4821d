import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { check } from '../../server/src/engine/check.ts';
import { nodeFileSystem } from '../../server/src/nodeFileSystem.ts';
import type { Project } from '../../server/src/project/project.ts';
import { Workspace, type WorkspaceOptions } from '../../server/src/project/workspace.ts';
import { missingSigtermHandler } from '../../server/src/rules/missing-sigterm-handler.ts';
import { MemoryFileSystem } from '../lsp/memoryFileSystem.ts';
import { asLine } from '../support/handMade.ts';
import { tempFolder } from '../support/tempFolder.ts';

const root = '/repo/project';
const index = `${root}/src/index.ts`;
const shutdown = `${root}/src/shutdown.ts`;

const files = {
  [`${root}/package.json`]: `{
    "name": "notes", "bin": "src/index.ts",
    "dependencies": { "@modelcontextprotocol/sdk": "1.20.0", "express": "5.1.0" }
  }`,
  [index]: `
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { onStop } from './shutdown.js';
const app = express();
app.post('/mcp', (req, res) => new StreamableHTTPServerTransport({}).handleRequest(req, res));
onStop(app.listen(3000));
`,
  [shutdown]: `
export function onStop(listener) {
  process.on('SIGTERM', () => listener.close(() => process.exit(0)));
}
`,
  [`${root}/src/other.ts`]: 'export const a = 1;',
};

/** Counts what is read, besides holding it. */
class CountingFileSystem extends MemoryFileSystem {
  readonly read: string[] = [];

  override readText(path: string, maxBytes: number): Promise<string | undefined> {
    this.read.push(path);
    return super.readText(path, maxBytes);
  }

  override readDirectory(path: string) {
    this.read.push(path);
    return super.readDirectory(path);
  }

  override stat(path: string) {
    this.read.push(path);
    return super.stat(path);
  }
}

function open(changed: Record<string, string> = {}, options: WorkspaceOptions = {}, roots = [root]) {
  const disk = new CountingFileSystem({ ...files, ...changed });
  const workspace = new Workspace(disk);
  workspace.configure(roots, options);
  return { disk, workspace };
}

/** Where a listener is missing, as `path:line`. */
function findings(project: Project): string[] {
  const result = check(project, [missingSigtermHandler]);
  expect(result.failures).toEqual([]);
  return result.findings.map((finding) => asLine(project, finding).split(' ')[0] as string);
}

const unhandled = [`${index}:7`];
const withoutListener = 'export function onStop(listener) {}';

describe('a keystroke', () => {
  test('parses the one file again, and no other', async () => {
    const { workspace } = open();
    const before = await workspace.snapshot();
    workspace.setOpenText(shutdown, withoutListener, 2);
    const after = await workspace.snapshot();
    const parsedAgain = [...after.files].filter(([path, file]) => before.files.get(path) !== file);
    expect(parsedAgain.map(([path]) => path)).toEqual([shutdown]);
  });

  test('reads nothing from the disk', async () => {
    const { workspace, disk } = open();
    await workspace.snapshot();
    disk.read.length = 0;
    workspace.setOpenText(shutdown, withoutListener, 2);
    await workspace.snapshot();
    expect(disk.read).toEqual([]);
  });

  test('in one file changes the findings in another', async () => {
    const { workspace } = open();
    expect(findings(await workspace.snapshot())).toEqual([]);
    workspace.setOpenText(shutdown, withoutListener, 2);
    expect(findings(await workspace.snapshot())).toEqual(unhandled);
    workspace.setOpenText(shutdown, files[shutdown] as string, 3);
    expect(findings(await workspace.snapshot())).toEqual([]);
  });

  test('leaves the picture of before as it was', async () => {
    const { workspace } = open();
    const before = await workspace.snapshot();
    workspace.setOpenText(index, '', 2);
    const after = await workspace.snapshot();
    expect(before.files.get(index)?.text).toBe(files[index]);
    expect(after.files.get(index)?.text).toBe('');
    expect(before.servers).toHaveLength(1);
    expect(after.servers).toHaveLength(0);
  });

  test('nothing changed: the same picture', async () => {
    const { workspace } = open();
    expect(await workspace.snapshot()).toBe(await workspace.snapshot());
  });
});

describe('files', () => {
  test('closing an unsaved one brings the disk back', async () => {
    const { workspace } = open();
    workspace.setOpenText(shutdown, withoutListener, 2);
    expect(findings(await workspace.snapshot())).toEqual(unhandled);
    workspace.closeText(shutdown);
    expect(findings(await workspace.snapshot())).toEqual([]);
  });

  test('one that vanished is gone with its listener', async () => {
    const { workspace, disk } = open();
    await workspace.snapshot();
    disk.files.delete(shutdown);
    workspace.filesChanged([shutdown]);
    const project = await workspace.snapshot();
    expect(project.files.has(shutdown)).toBe(false);
    expect(findings(project)).toEqual(unhandled);
  });

  test('one that is new is found', async () => {
    const { workspace, disk } = open();
    disk.files.delete(shutdown);
    expect(findings(await workspace.snapshot())).toEqual(unhandled);
    disk.files.set(shutdown, files[shutdown] as string);
    workspace.filesChanged([shutdown]);
    expect(findings(await workspace.snapshot())).toEqual([]);
  });

  test('a folder that vanished takes all below it', async () => {
    const { workspace, disk } = open();
    await workspace.snapshot();
    for (const path of [index, shutdown, `${root}/src/other.ts`]) disk.files.delete(path);
    workspace.filesChanged([`${root}/src`]);
    expect([...(await workspace.snapshot()).files.keys()]).toEqual([`${root}/package.json`]);
  });

  test('one that is only open counts, unless git ignores it', async () => {
    const { workspace } = open({ [`${root}/.gitignore`]: 'dist/\n' });
    workspace.setOpenText(`${root}/src/new.ts`, 'process.on("SIGTERM", f)', 1);
    workspace.setOpenText(`${root}/dist/index.js`, 'f()', 1);
    const project = await workspace.snapshot();
    expect(project.files.has(`${root}/src/new.ts`)).toBe(true);
    expect(project.files.has(`${root}/dist/index.js`)).toBe(false);
  });

  test('a package that begins to depend on MCP brings its sources', async () => {
    const { workspace, disk } = open({
      [`${root}/package.json`]: '{ "name": "notes", "bin": "src/index.ts" }',
    });
    disk.files.set(shutdown, withoutListener);
    expect((await workspace.snapshot()).servers).toEqual([]);
    workspace.setOpenText(`${root}/package.json`, files[`${root}/package.json`] as string, 2);
    expect(findings(await workspace.snapshot())).toEqual(unhandled);
  });

  test('a folder inside another one is no second project', async () => {
    const { workspace } = open({ [shutdown]: withoutListener }, {}, [root, `${root}/src`]);
    expect(findings(await workspace.snapshot())).toEqual(unhandled);
  });

  test('folders that are taken away take their findings', async () => {
    const { workspace } = open({ [shutdown]: withoutListener });
    expect(findings(await workspace.snapshot())).toEqual(unhandled);
    workspace.configure([], {});
    expect((await workspace.snapshot()).files.size).toBe(0);
  });
});

describe('trust', () => {
  const above = {
    '/repo/.git/HEAD': 'ref: refs/heads/main',
    '/repo/package.json':
      '{ "name": "all", "workspaces": ["project"], "dependencies": { "@modelcontextprotocol/sdk": "1" } }',
    '/repo/secret.ts': 'export const secret = 1;',
    [`${root}/package.json`]: '{ "name": "notes", "bin": "src/index.ts" }',
    [shutdown]: withoutListener,
  };

  test('a trusted workspace reads manifests above it, and only those', async () => {
    const { workspace, disk } = open(above);
    const project = await workspace.snapshot();
    expect(findings(project)).toEqual(unhandled);
    expect(project.files.has('/repo/package.json')).toBe(true);
    expect(disk.read).not.toContain('/repo/secret.ts');
  });

  test('one that is not trusted asks for nothing above its folder', async () => {
    const { workspace, disk } = open(above, { trusted: false });
    await workspace.snapshot();
    expect(disk.read.filter((path) => !path.startsWith(root))).toEqual([]);
  });
});

describe('an aborted snapshot', () => {
  test('throws the reason, and the next one is whole', async () => {
    const { workspace } = open({ [shutdown]: withoutListener });
    await expect(workspace.snapshot(AbortSignal.abort(new Error('typing')))).rejects.toThrow('typing');
    expect(findings(await workspace.snapshot())).toEqual(unhandled);
  });

  test('in the middle does not stop others that wait', async () => {
    const { workspace } = open({ [shutdown]: withoutListener });
    const controller = new AbortController();
    const [first, second] = [workspace.snapshot(controller.signal), workspace.snapshot()];
    controller.abort(new Error('typing'));
    await expect(first).rejects.toThrow('typing');
    expect(findings(await second)).toEqual(unhandled);
  });

  test('a change meanwhile is not lost', async () => {
    const { workspace } = open();
    const running = workspace.snapshot();
    workspace.setOpenText(shutdown, withoutListener, 2);
    await running;
    expect(findings(await workspace.snapshot())).toEqual(unhandled);
  });
});

test('a snapshot that nobody holds any more can be collected, however many edits follow', async () => {
  setFlagsFromString('--expose_gc');
  const collect = runInNewContext('gc') as () => void;
  const root = tempFolder({
    'package.json': '{ "dependencies": { "@modelcontextprotocol/sdk": "1" } }',
    'index.ts': "import '@modelcontextprotocol/sdk/server/stdio.js';\n",
  });
  const workspace = new Workspace(nodeFileSystem);
  workspace.configure([root], {});
  const edit = async (version: number) => {
    workspace.setOpenText(`${root}/index.ts`, `import 'mcp';\n// ${version}\n`, version);
    return new WeakRef((await workspace.snapshot()).files);
  };
  const first = await edit(1);
  for (let version = 2; version < 5; version += 1) await edit(version);
  await new Promise((resolve) => setTimeout(resolve, 10));
  collect();
  expect(first.deref()).toBeUndefined();
});
