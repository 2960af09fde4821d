import { execFileSync } from 'node:child_process';
import { mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { check } from '../../server/src/engine/check.ts';
import { fixAll } from '../../server/src/engine/fixAll.ts';
import { parseDockerfile } from '../../server/src/languages/dockerfile/parse.ts';
import { parseSource } from '../../server/src/languages/source/parse.ts';
import { nodeFileSystem } from '../../server/src/nodeFileSystem.ts';
import type { FileSystem } from '../../server/src/project/fileSystem.ts';
import { Workspace } from '../../server/src/project/workspace.ts';
import { rules } from '../../server/src/rules/index.ts';
import { applyEdits } from '../../server/src/text/edits.ts';
import { isInside, relativePath } from '../../server/src/text/paths.ts';
import { tempFolder } from '../support/tempFolder.ts';

const posix = process.platform !== 'win32';
const manifest = '{ "name": "notes", "dependencies": { "@modelcontextprotocol/sdk": "1.20.0" } }';
const server = `
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
const app = express();
app.post('/mcp', (req, res) => new StreamableHTTPServerTransport({}).handleRequest(req, res));
app.listen(3000);
`;

/** What is found below a folder: `path rule`. */
async function found(root: string, fs: FileSystem = nodeFileSystem): Promise<string[]> {
  const workspace = new Workspace(fs);
  workspace.configure([root], {});
  const { findings, failures } = check(await workspace.snapshot(), rules);
  expect(failures).toEqual([]);
  return findings.map(({ path, ruleId }) => `${relativePath(root, path)} ${ruleId}`).sort();
}

/** A link, with the folders above it. */
function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}

describe.runIf(posix)('links that lead outside', () => {
  const outside = {
    'outside/secret.ts': server,
    'outside/Dockerfile': 'FROM node:20-slim\nCMD node secret.js\n',
    'outside/gitignore': 'src\n',
    'outside/package.json': manifest,
    'outside/tsconfig.json': '{}',
    'outside/mcp-shutdown.json': '{ "rules": { "missing-sigterm-handler": "off" } }',
  };

  /** Fails where a text is read whose real place is not in the repository. */
  function within(repository: string): FileSystem {
    return {
      ...nodeFileSystem,
      readText(path, maxBytes) {
        const real = execFileSync('realpath', ['-m', path], { encoding: 'utf8' }).trim();
        expect(isInside(repository, real), `${path} is read, which is ${real}`).toBe(true);
        return nodeFileSystem.readText(path, maxBytes);
      },
    };
  }

  test('are not followed, whatever they are called', async () => {
    const all = tempFolder({ ...outside, 'repo/package.json': manifest, 'repo/src/index.ts': server });
    const repo = realpathSync(`${all}/repo`);
    link('../outside/gitignore', `${repo}/.gitignore`);
    link('../outside/Dockerfile', `${repo}/Dockerfile`);
    link('../outside/tsconfig.json', `${repo}/tsconfig.json`);
    link('../outside/mcp-shutdown.json', `${repo}/mcp-shutdown.json`);
    link('../../outside/secret.ts', `${repo}/src/secret.ts`);
    link('../outside', `${repo}/out`);
    link('/', `${repo}/everything`);
    link('..', `${repo}/up`);
    link('circle', `${repo}/circle`);
    expect(await found(repo, within(repo))).toEqual(['src/index.ts missing-sigterm-handler']);
  });

  test('are not followed above an opened folder either', async () => {
    const all = tempFolder({ ...outside, 'repo/api/package.json': manifest, 'repo/api/index.ts': server });
    const repo = realpathSync(`${all}/repo`);
    mkdirSync(`${repo}/.git`);
    for (const name of ['package.json', 'tsconfig.json', 'mcp-shutdown.json']) {
      link(`../outside/${name}`, `${repo}/${name}`);
    }
    expect(await found(`${repo}/api`, within(repo))).toEqual(['index.ts missing-sigterm-handler']);
  });
});

describe.runIf(posix)('what is no file', () => {
  test('is passed over under every name that is looked for', async () => {
    const root = tempFolder({ 'package.json': manifest, 'src/index.ts': server });
    const pipes = ['Dockerfile', 'src/server.ts', '.gitignore', 'tsconfig.json', 'mcp-shutdown.json'];
    for (const name of pipes) execFileSync('mkfifo', [`${root}/${name}`]);
    for (const name of ['a/Dockerfile', 'a/package.json', 'a/.gitignore', 'a/x.ts']) {
      mkdirSync(`${root}/${name}`, { recursive: true });
    }
    expect(await found(root)).toEqual(['src/index.ts missing-sigterm-handler']);
  });
});

describe('.gitignore', () => {
  test('patterns that take for ever to match are passed over, the others count', async () => {
    const root = tempFolder({
      '.gitignore': `src/**/a/**/a/**/a/**/a/**/index.ts\n${'*x'.repeat(20)}\nother.ts\n`,
      'package.json': manifest,
      [`src/${'a/'.repeat(40)}index.ts`]: server,
      'src/other.ts': server,
    });
    expect(await found(root)).toEqual([`src/${'a/'.repeat(40)}index.ts missing-sigterm-handler`]);
  });

  test('thousands of patterns are too many, and the first ones count', async () => {
    const many = Array.from({ length: 5_000 }, (_, index) => `none-${index}/*.x${index}`);
    const root = tempFolder({
      '.gitignore': ['first.ts', ...many, 'last.ts'].join('\n'),
      'package.json': manifest,
      'first.ts': server,
      'last.ts': server,
    });
    expect(await found(root)).toEqual(['last.ts missing-sigterm-handler']);
  });
});

describe('manifests of the wrong types', () => {
  test('give what can be read of them', async () => {
    const root = tempFolder({
      'package.json': manifest,
      'index.ts': server,
      'a/package.json': JSON.stringify({
        name: 7,
        bin: 7,
        main: [],
        exports: [[]],
        imports: { '#a': [[[]]] },
        workspaces: {},
        scripts: [1],
        dependencies: [{}],
      }),
      'b/package.json': 'null',
      'c/package.json': '[]',
      'd/package.json': '',
      'e/package.json': `{ "__proto__": { "name": "x" }, "dependencies": { "__proto__": "1", "constructor": "1" } }`,
      'f/package.json': `{ "exports": ${'['.repeat(50_000)} }`,
    });
    expect(await found(root)).toEqual(['index.ts missing-sigterm-handler']);
  });
});

describe('names that every JavaScript object answers to', () => {
  const names = ['constructor', 'hasOwnProperty', 'toString', '__proto__'];

  test('are names like any other, in code, manifests, images and scripts', async () => {
    const root = tempFolder({
      'package.json': '{ "name": "constructor", "dependencies": { "@modelcontextprotocol/sdk": "1.20.0" } }',
      'index.ts': `import * as types from '@modelcontextprotocol/sdk/types.js';\n${server}
${names.map((name) => `types.${name}('x');\napp.${name}('/x');\n`).join('')}
${names.map((name, index) => `import n${index} from '${name}';\nn${index}().listen(1);\n`).join('')}`,
      ...Object.fromEntries(
        names.map((name) => [`${name}.yaml`, `apiVersion: v1\nkind: ${name}\nmetadata: { name: a }\n`]),
      ),
      Dockerfile: names.map((name) => `FROM node:${name}\nSTOPSIGNAL ${name}\nCMD npx ${name}\n`).join(''),
      'start.sh': `#!/bin/sh\n${names.map((name) => `trap 'kill $pid' ${name}\n`).join('')}node index.ts &\nwait\n`,
    });
    const workspace = new Workspace(nodeFileSystem);
    workspace.configure([root], {});
    const project = await workspace.snapshot();
    expect(project.servers.map(({ transports }) => [...transports])).toEqual([['streamable-http']]);
    expect(check(project, rules).failures).toEqual([]);
  });
});

describe('a config file', () => {
  test('with more settings than there are is read as far as anybody would write', async () => {
    const many = Array.from({ length: 130_000 }, (_, index) => `"k${index}":1,`).join('');
    const root = tempFolder({
      'package.json': manifest,
      'index.ts': server,
      'mcp-shutdown.json': `{"rules":{"missing-sigterm-handler":"off"},${many}"z":1}`,
    });
    const all = await found(root);
    expect(new Set(all)).toEqual(new Set(['mcp-shutdown.json invalid-configuration']));
    expect(all.length).toBeLessThan(3_000);
  });
});

describe('a text that an editor holds', () => {
  test('of many megabytes is as little looked at as a file of that size', async () => {
    const root = tempFolder({ 'package.json': manifest, 'index.ts': server });
    const workspace = new Workspace(nodeFileSystem);
    workspace.configure([root], {});
    workspace.setOpenText(`${root}/index.ts`, server + 'foo();\n'.repeat(500_000), 1);
    expect(check(await workspace.snapshot(), rules).findings).toEqual([]);
  });
});

describe('files that only load each other', () => {
  test('are looked at, but not each as a start of its own where they are many', async () => {
    const names = Array.from({ length: 120 }, (_, index) => `m${index}`);
    const everything = names.map((name) => `export * from './${name}.js';\n`).join('');
    const root = tempFolder({
      'package.json': manifest,
      ...Object.fromEntries(names.map((name) => [`${name}.ts`, everything])),
      'm0.ts': everything + server,
    });
    expect(await found(root)).toEqual(['m0.ts missing-sigterm-handler']);
  });
});

describe('thousands of suppression comments', () => {
  const comment = 'mcp-shutdown-disable-next-line shell-form-command';

  test('are each reported, and all removed by one fix-all', async () => {
    const lines = Array.from({ length: 4_000 }, (_, index) => `// ${comment}\nfoo(${index});\n`);
    const root = tempFolder({ 'package.json': manifest, 'index.ts': lines.join('') });
    const workspace = new Workspace(nodeFileSystem);
    workspace.configure([root], {});
    const project = await workspace.snapshot();
    const { findings } = check(project, rules);
    expect(findings).toHaveLength(4_000);
    const { edits, fixed } = await fixAll(project, findings, rules);
    expect(fixed).toHaveLength(4_000);
    const path = `${root}/index.ts`;
    const after = applyEdits(project.files.get(path)!.text, edits.get(path)!);
    expect(after).toBe(Array.from({ length: 4_000 }, (_, index) => `foo(${index});\n`).join(''));
  });

  test('stacked above one instruction all speak of it', () => {
    const text = `FROM node:20\n${`# ${comment}\n\n# why\n`.repeat(10_000)}CMD node x.js\n`;
    const { directives } = parseDockerfile(text);
    expect(directives).toHaveLength(10_000);
    expect(new Set(directives.map(({ target }) => target))).toEqual(new Set([text.indexOf('CMD node')]));
    expect(directives[0]!.range.start).toBeLessThan(directives[1]!.range.start);
  });
});

describe('Dockerfiles', () => {
  test('values that double with every line are not known', () => {
    const lines = Array.from({ length: 60 }, (_, index) => `ENV V${index + 1}=\${V${index}}\${V${index}}`);
    const text = ['FROM node:20', 'ENV V0=abcdefgh', ...lines, `WORKDIR /\${V60}`, 'CMD node x.js'].join(
      '\n',
    );
    const [stage] = parseDockerfile(text).facts.stages;
    expect(stage!.workdir).toBeUndefined();
    expect(stage!.env.get('V2')).toBe('abcdefgh'.repeat(4));
  });

  test('of thousands of stages each is made from the last one of that name', () => {
    const stages = Array.from({ length: 5_000 }, (_, index) => `FROM s${index - 1} AS S${index}`);
    const { facts } = parseDockerfile(`${stages.join('\n')}\nFROM node:20 AS s7\nFROM S7\n`);
    expect(facts.stages[4_999]!.base).toEqual({ kind: 'stage', index: 4_998 });
    expect(facts.stages[5_001]!.base).toEqual({ kind: 'stage', index: 5_000 });
  });
});

describe('source that nobody would write', () => {
  test('a chain of imports that is longer than the stack is followed to its end', async () => {
    const chain = Object.fromEntries(
      Array.from({ length: 3_000 }, (_, at) => [`m${at}.js`, `import './m${at + 1}.js';\n`]),
    );
    const root = tempFolder({ ...chain, 'package.json': manifest, 'm3000.js': server });
    expect(await found(root)).toEqual(['m3000.js missing-sigterm-handler']);
  });

  test('unfinished calls that would double the time of the parser with each one are given up', async () => {
    const nested = "process.on('SIGTERM', async(() => {\n".repeat(60);
    const root = tempFolder({ 'package.json': manifest, 'index.ts': server, 'nested.ts': nested });
    expect(await found(root)).toEqual(['index.ts missing-sigterm-handler']);
    // The next file is parsed as ever.
    expect(parseSource('/a.ts', 'const a = async () => {};').facts.functions).toHaveLength(2);
  });

  test('a variable that is declared thousands of times is not known, and the rest is read', async () => {
    const repeated = 'var a = 1;\nfoo(a);\n'.repeat(5_000);
    expect(await found(tempFolder({ 'package.json': manifest, 'index.ts': repeated + server }))).toEqual([
      'index.ts missing-sigterm-handler',
    ]);
  });

  test('a tsconfig with paths of the wrong types, or nested without end, counts as far as it can be read', async () => {
    const options = { paths: { bad: 7, worse: [7], '@/*': ['./src/*'] } };
    for (const tsconfig of [JSON.stringify({ compilerOptions: options }), '['.repeat(100_000)]) {
      const root = tempFolder({
        'package.json': manifest,
        'tsconfig.json': tsconfig,
        'src/index.ts': server,
      });
      expect(await found(root)).toEqual(['src/index.ts missing-sigterm-handler']);
    }
  });
});
