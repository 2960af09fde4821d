import { expect, test } from 'vitest';
import { setKey } from '../../server/src/fixes/deployments/setKey.ts';
import { type DataMap, type DataNode, entryOf, textOf, valueAt } from '../../server/src/languages/data.ts';
import { parseToml } from '../../server/src/languages/toml/parse.ts';
import { parseYaml } from '../../server/src/languages/yaml/parse.ts';
import type { ProjectFile } from '../../server/src/project/project.ts';
import { applyEdits } from '../../server/src/text/edits.ts';
import { LineMap } from '../../server/src/text/lineMap.ts';
import { projectOf } from '../support/handMade.ts';

/** Numbers that are the same in each run. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

const wanted = {
  key: 'stop_grace_period',
  value: '35s',
  quotedValue: '35s',
  comment: 'drain 30 s + 5 s buffer',
};

/** A compose file in some hand: comments, anchors, quotes, order, indentation, line endings. */
function composeFile(next: (below: number) => number): string {
  const pick = <T>(...all: T[]): T => all[next(all.length)]!;
  const indent = ' '.repeat(pick(1, 2, 4));
  const note = () => pick('', '', ' # why', '   # - a: b');
  const entries = [
    `image: ${pick('x', '"x:1"', "'x'")}${note()}`,
    `environment:${note()}\n${indent}${indent}${indent}- A=1${note()}\n${indent}${indent}${indent}- "B: #c"`,
    `command: >-${note()}\n${indent}${indent}${indent}node # no comment\n${indent}${indent}${indent}x.js`,
    `labels: {a: 1, "b": [c, d]}${note()}`,
    ...(next(2)
      ? [`stop_grace_period:${pick(' ', '   ')}${pick('5s', '"5s"', "'5s'", '&g 5s')}${note()}`]
      : []),
  ].sort(() => next(3) - 1);
  const body = entries.map(
    (entry) => `${pick('', '', `${indent}${indent}# above\n`, '\n')}${indent}${indent}${entry}\n`,
  );
  const key = `${indent}${pick('web', '"web"')}:${pick('', ' &web', ' &web # the one')}\n`;
  const text = `${pick('', '# top\n', 'name: x\n')}services:\n${key}${body.join('')}${pick('', `${indent}other: {image: y}\n`, 'volumes:\n')}`;
  return next(4) === 0 ? text.replaceAll('\n', '\r\n') : text;
}

function fileOf(path: string, text: string): ProjectFile {
  const facts = path.endsWith('.toml')
    ? ({ language: 'toml', toml: parseToml(text) } as const)
    : ({ language: 'yaml', yaml: parseYaml(text) } as const);
  return { path, text, lines: new LineMap(text), directives: [], facts };
}

function plain(node: DataNode | undefined): unknown {
  if (node?.kind === 'map')
    return Object.fromEntries(node.entries.map(({ key, value }) => [key, plain(value)]));
  return node?.kind === 'list' ? node.items.map(plain) : node?.value;
}

test('a key is set, and nothing else of a compose file changes', () => {
  for (let seed = 1; seed <= 400; seed += 1) {
    const text = composeFile(random(seed));
    const file = fileOf('/repo/compose.yaml', text);
    const web = entryOf(valueAt(parseYaml(text).documents[0], 'services'), 'web');
    expect(web?.value.kind, text).toBe('map');
    const map = web!.value as DataMap;
    const set = entryOf(map, wanted.key)?.value;
    const setAt = set && { path: file.path, range: { start: set.start, end: set.end } };
    const project = projectOf({}, { files: new Map([[file.path, file]]) });
    const edits = setKey(project, setAt, { path: file.path, key: web!.keyRange, map }, wanted);
    expect(edits, text).toBeDefined();
    const after = applyEdits(text, edits!.get(file.path)!);

    const data = plain(parseYaml(after).documents[0]) as { services: { web: Record<string, unknown> } };
    const before = plain(parseYaml(text).documents[0]) as typeof data;
    before.services.web[wanted.key] = '35s';
    expect(data, after).toEqual(before);
    const own = new RegExp(
      `^[ ]*(# drain 30 s [+] 5 s buffer${set ? '' : '|stop_grace_period: 35s'})\r?\n`,
      'gm',
    );
    expect(after.replace(own, '').replace(set ? '35s' : '\0', '5s'), after).toBe(text);
  }
});

test.each([
  ['app = "n" # c\n[env]\n', 'app = "n" # c\n# why\nkill_timeout = 35\n[env]\n'],
  ['app = "n"', 'app = "n"\n# why\nkill_timeout = 35'],
  ['\uFEFF[env]\r\nA = "1"\r\n', '\uFEFF# why\r\nkill_timeout = 35\r\n[env]\r\nA = "1"\r\n'],
  ['x = [\n  1, # one\n]\n', 'x = [\n  1, # one\n]\n# why\nkill_timeout = 35\n'],
  ['kill_timeout = "5s" # c\n', '# why\nkill_timeout = "35s" # c\n'],
  ["kill_timeout='5'\n", "# why\nkill_timeout='35'\n"],
  ['kill_timeout = 5', '# why\nkill_timeout = 35'],
])('TOML: %j', (text, expected) => {
  const file = fileOf('/repo/fly.toml', text);
  const map = parseToml(text).root!;
  const set = entryOf(map, 'kill_timeout')?.value;
  const setAt =
    set && textOf(set) ? { path: file.path, range: { start: set.start, end: set.end } } : undefined;
  const project = projectOf({}, { files: new Map([[file.path, file]]) });
  const key = { key: 'kill_timeout', value: '35', quotedValue: '35s', comment: 'why' };
  const edits = setKey(project, setAt, { path: file.path, key: undefined, map }, key);
  expect(applyEdits(text, edits!.get(file.path)!)).toBe(expected);
});
