import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { nodeFileSystem } from '../../server/src/nodeFileSystem.ts';
import { Workspace } from '../../server/src/project/workspace.ts';
import { Fixture, findingsIn, fixturesFolder, foldersIn } from '../support/fixtures.ts';
import { asLine } from '../support/handMade.ts';

const rule = 'missing-sigterm-handler';
const folder = join(fixturesFolder, rule);

/** Fixtures in which a listener for SIGTERM is the reason for silence. */
const listening = [
  ...[
    'abort-controller',
    'bin-script',
    'bound-method',
    'bun',
    'commonjs',
    'decorated',
    'delegated',
    'deno',
    'dynamic-handler',
  ],
  ...[
    'example',
    'fastmcp',
    'injected-process',
    'loop-foreach',
    'loop-in-class',
    'loop-shapes',
    'not-the-server',
  ],
  ...[
    'paths-and-imports',
    'polling-drain',
    'preloaded',
    'preloaded-in-image',
    'process-names',
    'shared-package',
    'stdio-beside-http',
  ],
  ...['unknown-listener', 'wrapper-in-other-file'],
];

describe('a good fixture is silent for its listener: one for another signal is a finding', () => {
  test.each(listening)('good-%s', async (name) => {
    const fixture = new Fixture(join(folder, `good-${name}`));
    const project = await fixture.project();
    const texts = [...project.files.values()].map(
      ({ path, text }) => [path, text.replaceAll('SIGTERM', 'SIGUSR2')] as const,
    );
    const found = findingsIn(await fixture.project(new Map(texts)));
    expect(found.map(({ ruleId }) => ruleId)).toContain(rule);
  });
});

describe('a workspace that was edited says what a fresh one says', () => {
  const edited = foldersIn(folder).filter((name) =>
    /dead|workspace|dynamic|sigint-other|shared|wrapper|paths/.test(name),
  );

  test.each(edited)('%s', async (name) => {
    const fixture = new Fixture(join(folder, name));
    const workspace = new Workspace(nodeFileSystem);
    workspace.configure([fixture.root], {});
    const { files } = await workspace.snapshot();
    const sources = [...files.values()].filter(({ facts }) => facts.language === 'source');
    const texts = new Map<string, string>();
    let version = 1;
    for (const { path, text } of sources) {
      for (const changed of [
        text.slice(0, text.length / 2),
        `${text}\nprocess.on('SIGTERM', () => {});\n`,
        '',
        text,
      ]) {
        texts.set(path, changed);
        version += 1;
        workspace.setOpenText(path, changed, version);
        const now = await workspace.snapshot();
        const fresh = await fixture.project(texts);
        const lines = (project: typeof now) => findingsIn(project).map((finding) => asLine(project, finding));
        expect(lines(now)).toEqual(lines(fresh));
      }
    }
  });
});

describe('half-typed text', () => {
  test.each([
    ['wiki.ts', []],
    ['queue.cjs', ['accepts-requests-while-draining', 'stdin-close-ignored', 'unguarded-cleanup']],
  ])('every 7th prefix of %s is parsed and checked', async (name, found) => {
    const text = readFileSync(join(import.meta.dirname, 'source', `${name}.txt`), 'utf8');
    expect(text.split('\n').length).toBeGreaterThan(130);
    const path = `/repo/${name}`;
    const workspace = new Workspace(emptyDisk);
    workspace.configure(['/repo'], {});
    workspace.setOpenText('/repo/package.json', manifest(name), 1);
    let withServer = 0;
    for (let end = 0; end <= text.length; end += 7) {
      workspace.setOpenText(path, text.slice(0, end), end + 1);
      const project = await workspace.snapshot();
      for (const { range } of findingsIn(project)) expect(range.end).toBeLessThanOrEqual(end);
      if (project.servers.length > 0) withServer += 1;
    }
    expect(withServer).toBeGreaterThan(10);
    workspace.setOpenText(path, text, text.length + 2);
    const whole = await workspace.snapshot();
    expect(whole.servers).toHaveLength(1);
    expect(
      findingsIn(whole)
        .map(({ ruleId }) => ruleId)
        .sort(),
    ).toEqual(found);
  });
});

const manifest = (name: string) =>
  JSON.stringify({
    name: 'half',
    bin: name,
    dependencies: { '@modelcontextprotocol/sdk': '1', express: '5' },
  });

const emptyDisk = {
  readText: async () => undefined,
  readDirectory: async () => [],
  stat: async () => undefined,
  realPath: async () => undefined,
};
