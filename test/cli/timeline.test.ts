import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli } from '../support/cli.ts';
import { tempFolder } from '../support/tempFolder.ts';
import { timelineFiles } from '../support/timelineProject.ts';

const utf8 = { variables: { LANG: 'en_US.UTF-8' } };

const key = (signs: string) =>
  [
    'What the signs mean:',
    `  ${signs[0]} the platform waits before it sends the signal`,
    `  ${signs[1]} the server waits for its tool calls`,
    `  ${signs[2]} left before SIGKILL`,
    `  ${signs[3]} cut off by SIGKILL`,
    '',
  ].join('\n');

test('bars, numbers and where each comes from', async () => {
  const { code, output, errors } = await runCli(tempFolder(timelineFiles), ['timeline'], undefined, utf8);
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  expect(output).toBe(
    [
      'notes-mcp: Compose "notes" (compose.yaml:2)',
      '  fits: The drain ends 7 s before SIGKILL.',
      '  ██████████████████████████████··········································┃',
      '  0 s                           5 s                                    12 s',
      '',
      '    SIGTERM   at 0 s  default of Compose',
      '  █ drain        5 s  default of DRAIN_TIMEOUT_MS at src/index.ts:16:61',
      '  · slack        7 s',
      '  ┃ SIGKILL  at 12 s  stop_grace_period at compose.yaml:4:24',
      '',
      'notes-mcp: Kubernetes "notes" (k8s/app.yaml:4)',
      '  too short: SIGKILL comes 5 s before the drain ends, and drops the tool calls that are still running.',
      '  ░░░░░░░░░░████████████████████████████████████████████████████┃××××××××××',
      '  0 s       5 s                                                 30 s   35 s',
      '',
      '  ░ preStop      5 s  preStop at k8s/app.yaml:16:32',
      '    SIGTERM   at 5 s  default of Kubernetes',
      '  █ drain       30 s  DRAIN_TIMEOUT_MS at k8s/app.yaml:13:22; used at src/index.ts:16:61',
      '  ┃ SIGKILL  at 30 s  default of Kubernetes',
      '  × overrun      5 s',
      '',
      key('░█·×'),
    ].join('\n'),
  );
});

test('ASCII for terminals that are not known to take more, as wide as there is room', async () => {
  const { output } = await runCli(tempFolder(timelineFiles), ['timeline', 'k8s'], undefined, { columns: 50 });
  expect(output).toContain('  ------##############################|xxxxxx\n');
  expect(output).toContain('# the server waits for its tool calls');
  expect(output).toMatch(/^[\n\x20-\x7E]*$/);
});

test('a file or folder that is named gives the timelines of what lies in it', async () => {
  const folder = tempFolder(timelineFiles);
  const titles = async (path: string) =>
    (await runCli(folder, ['timeline', path])).output
      .split('\n')
      .filter((line) => line.startsWith('notes-mcp'));
  expect(await titles('compose.yaml')).toEqual(['notes-mcp: Compose "notes" (compose.yaml:2)']);
  expect(await titles('src/index.ts')).toHaveLength(2);
});

test('colours where they are wanted', async () => {
  const { output } = await runCli(tempFolder(timelineFiles), ['timeline', '--color'], undefined, utf8);
  expect(output).toContain('\u001B[31m×');
});

test('JSON', async () => {
  const folder = tempFolder(timelineFiles);
  const { code, output } = await runCli(folder, ['timeline', 'k8s', '--format', 'json']);
  expect(code).toBe(0);
  expect(JSON.parse(output)).toEqual({
    version: 1,
    tool: { name: 'mcp-shutdown', version: '1.2.3' },
    timelines: [
      {
        server: 'notes-mcp',
        entry: '../src/index.ts',
        stoppedBy: 'Kubernetes',
        deployment: 'notes',
        place: { path: 'app.yaml', line: 4, column: 9 },
        signal: { name: 'SIGTERM', atMs: 5_000, sources: [{ text: 'default of Kubernetes', place: null }] },
        kill: { atMs: 30_000, sources: [{ text: 'default of Kubernetes', place: null }] },
        segments: [
          {
            kind: 'preStop',
            startMs: 0,
            ms: 5_000,
            sources: [{ text: 'preStop', place: { path: 'app.yaml', line: 16, column: 32 } }],
          },
          {
            kind: 'drain',
            startMs: 5_000,
            ms: 30_000,
            sources: [
              { text: 'DRAIN_TIMEOUT_MS', place: { path: 'app.yaml', line: 13, column: 22 } },
              { text: 'used', place: { path: '../src/index.ts', line: 16, column: 61 } },
            ],
          },
          { kind: 'overrun', startMs: 30_000, ms: 5_000, sources: [] },
        ],
        verdict: {
          kind: 'cut',
          text: 'SIGKILL comes 5 s before the drain ends, and drops the tool calls that are still running.',
        },
      },
    ],
  });
});

test('SVG, to standard output and to a file, which may be there already', async () => {
  const folder = tempFolder(timelineFiles);
  const { output } = await runCli(folder, ['timeline', '--format', 'svg']);
  expect(output).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[\s\S]*<\/svg>\n$/);
  writeFileSync(join(folder, 'timeline.svg'), 'an older one');
  const written = await runCli(folder, ['timeline', '--format', 'svg', '--output', 'timeline.svg']);
  expect(written).toEqual({ code: 0, output: '', errors: '' });
  expect(readFileSync(join(folder, 'timeline.svg'), 'utf8')).toBe(output);
  const nowhere = await runCli(folder, ['timeline', '--output', 'no/such/folder.txt']);
  expect(nowhere).toMatchObject({
    code: 2,
    output: '',
    errors: expect.stringContaining('no/such/folder.txt'),
  });
});

test('no server, an unknown format and a path that does not exist', async () => {
  const folder = tempFolder({ 'package.json': '{}' });
  expect(await runCli(folder, ['timeline'])).toMatchObject({ code: 1, output: 'No MCP server was found.\n' });
  const png = await runCli(folder, ['timeline', '--format', 'png']);
  expect(png).toMatchObject({ code: 2, errors: expect.stringContaining('text, json, svg') });
  expect((await runCli(folder, ['timeline', 'nowhere'])).code).toBe(2);
});

test('names from files steer no terminal', async () => {
  const files = {
    ...timelineFiles,
    'k8s/app.yaml': timelineFiles['k8s/app.yaml']!.replace('name: notes', 'name: "a\\u001b[2Jb"'),
  };
  const { output } = await runCli(tempFolder(files), ['timeline', 'k8s'], undefined, utf8);
  expect(output).toContain('Kubernetes "a\uFFFD[2Jb"');
});
