import { describe, expect, test } from 'vitest';
import type { DataNode } from '../../server/src/languages/data.ts';
import { parseToml } from '../../server/src/languages/toml/parse.ts';
import { parseYaml, yamlDirectives } from '../../server/src/languages/yaml/parse.ts';

/** The data without places. */
function plain(node: DataNode | undefined): unknown {
  if (!node || node.kind === 'scalar') return node?.value;
  if (node.kind === 'list') return node.items.map(plain);
  return Object.fromEntries(node.entries.map(({ key, value }) => [key, plain(value)]));
}

/** Every key and single value with the text that its range covers. */
function places(node: DataNode, text: string): string[] {
  if (node.kind === 'scalar') return [text.slice(node.start, node.end)];
  if (node.kind === 'list') return node.items.flatMap((item) => places(item, text));
  return node.entries.flatMap(({ keyRange, value }) => [
    text.slice(keyRange.start, keyRange.end),
    ...places(value, text),
  ]);
}

describe('YAML', () => {
  test('documents, quotes, numbers and flow style, each at its place', () => {
    const text = 'a: "one" # c\nb: [1, {c: true}]\n---\n? d\n: |\n  two\n  lines\n';
    const { documents } = parseYaml(text);
    expect(documents.map(plain)).toEqual([{ a: 'one', b: [1, { c: true }] }, { d: 'two\nlines\n' }]);
    expect(places(documents[0]!, text)).toEqual(['a', '"one"', 'b', '1', 'c', 'true']);
  });

  test('aliases stand for their anchor, merged entries give way to own ones', () => {
    const text = 'x: &x {a: 1, b: 2}\ny: &y {b: 3}\nz:\n  a: 9\n  <<: [*x, *y]\nw: *x\nv: *none\n';
    expect(plain(parseYaml(text).documents[0])).toEqual({
      x: { a: 1, b: 2 },
      y: { b: 3 },
      z: { a: 9, b: 2 },
      w: { a: 1, b: 2 },
      v: null,
    });
  });

  test('an alias of what it stands in is nothing', () => {
    expect(plain(parseYaml('a: &a\n  b: *a\n').documents[0])).toEqual({ a: { b: null } });
  });

  test.each([['a: [1\nb: 2\n'], ['a:\n\t- b\n'], ['"a\n'], ['a: b: c\n'], ['%YAML 9\n---\n&a &b c\n']])(
    'broken: %j gives nothing',
    (text) => expect(parseYaml(text).documents).toEqual([]),
  );

  test('aliases that multiply are not multiplied', () => {
    const levels = Array.from(
      { length: 40 },
      (_, n) => `l${n + 1}: &l${n + 1} [*l${n}, *l${n}, *l${n}, *l${n}]`,
    );
    const merged = Array.from({ length: 400 }, (_, n) => `m${n + 1}: &m${n + 1}\n  <<: *m${n}\n  k${n}: 1`);
    const text = `l0: &l0 x\n${levels.join('\n')}\nm0: &m0 {a: 1}\n${merged.join('\n')}\n`;
    expect(parseYaml(text).documents).toHaveLength(1);
  });

  test('a text of unlikely length is not read', () => {
    expect(parseYaml(`a: 1\n${'#'.repeat(400_000)}`).documents).toEqual([]);
  });

  test('suppressions are comments, not text', () => {
    const text = '# mcp-shutdown-disable-next-line x -- y\na: |\n  # mcp-shutdown-disable-file z\n';
    expect(yamlDirectives(text, parseYaml(text)).map(({ scope }) => scope)).toEqual(['next-line']);
  });
});

describe('TOML', () => {
  test('tables, arrays of tables, dotted keys and inline tables', () => {
    const text = `app = "n" # c
kill_timeout = 30
a.b.c = true

[env]
A = 'x'
[[services]]
port = 1
[[services.ports]]
n = 1
[[services]]
t = {x = [1, "2"]}
`;
    const { root, rootKeysEnd } = parseToml(text);
    expect(plain(root)).toEqual({
      app: 'n',
      kill_timeout: 30,
      a: { b: { c: true } },
      env: { A: 'x' },
      services: [{ port: 1, ports: [{ n: 1 }] }, { t: { x: [1, '2'] } }],
    });
    expect(text.slice(0, rootKeysEnd).endsWith('c = true')).toBe(true);
    expect(places(root!, text)).toContain('"n"');
  });

  test.each([['a = \n'], ['[a\n'], ['a = 1\na = 2\n'], ['a = "\n']])('broken: %j gives nothing', (text) =>
    expect(parseToml(text).root).toBeUndefined(),
  );
});
