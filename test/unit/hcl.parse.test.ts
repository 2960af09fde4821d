// biome-ignore-all lint/suspicious/noTemplateCurlyInString: HCL fills in texts in the same way.
import { describe, expect, test } from 'vitest';
import { type DataNode, textOf, valueAt } from '../../server/src/languages/data.ts';
import { hclDirectives, parseHcl } from '../../server/src/languages/hcl/parse.ts';

/** A node as plain data; repeated keys as a list of pairs would be, the last one wins. */
function plain(node: DataNode | undefined): unknown {
  if (node?.kind === 'map')
    return Object.fromEntries(node.entries.map(({ key, value }) => [key, plain(value)]));
  return node?.kind === 'list' ? node.items.map(plain) : node?.value;
}

describe('values', () => {
  test.each([
    ['a text with escapes', String.raw`a = "x\ty \"z\" \u00e9"`, { a: 'x\ty "z" é' }],
    [
      'a text that is filled in stays as written',
      'a = "x-${var.y["k"]}-%{ if b }c%{ endif }"',
      {
        a: 'x-${var.y["k"]}-%{ if b }c%{ endif }',
      },
    ],
    [
      'numbers, truth and nothing',
      'a = 5\nb = -1.5e3\nc = true\nd = null',
      { a: 5, b: -1500, c: true, d: null },
    ],
    [
      'lists over lines with comments',
      'a = [ # one\n  "x", // two\n  /* three */ "y",\n]',
      { a: ['x', 'y'] },
    ],
    ['objects with both signs', 'a = { x = 1, "y z" : "2"\n  w = [3] }', { a: { x: 1, 'y z': '2', w: [3] } }],
    [
      'what an evaluation tells is null',
      'a = var.x\nb = 1 + 2\nc = f("}", [\n 1 ])\nd = x ? "y" : "z" # e\nf = 1',
      {
        a: null,
        b: null,
        c: null,
        d: null,
        f: 1,
      },
    ],
    ['what no evaluation takes, likewise', 'a = 1 b = 2\nc = [1 2]', { a: null, c: [null] }],
    ['for expressions', 'a = [for x in y : x]\nb = { for k, v in m : k => v }', { a: null, b: null }],
    ['a heredoc', 'a = <<EOF\n  b = "c\n# d\nEOF\ne = 1', { a: '  b = "c\n# d\n', e: 1 }],
    ['an indented heredoc', 'a {\n  b = <<-EOF\n    c\n      d\n    EOF\n}', { a: { b: 'c\n  d\n' } }],
    ['blocks with labels', 'job "a" { group b { n = 1 } }', { job: { a: { group: { b: { n: 1 } } } } }],
    ['Windows line ends and a byte order mark', '\uFEFFa {\r\n  b = "c"\r\n}\r\n', { a: { b: 'c' } }],
    ['nothing', '# only this\n', {}],
  ])('%s', (_, text, expected) => {
    expect(plain(parseHcl(text).root)).toEqual(expected);
  });

  test('blocks that are written several times are all there, in order', () => {
    const { root } = parseHcl('task "a" {}\ntask "b" {}');
    expect(root?.entries.map(({ key, value }) => [key, plain(value)])).toEqual([
      ['task', { a: {} }],
      ['task', { b: {} }],
    ]);
  });

  test('a value stands where it says, with its quotes', () => {
    const text = 'job "é" {\n  kill_timeout = "25s" # why\n  count = 1 + 2 // x\n}';
    const body = valueAt(parseHcl(text).root, 'job', 'é');
    const written = (key: string) => {
      const node = valueAt(body, key)!;
      return text.slice(node.start, node.end);
    };
    expect([written('kill_timeout'), written('count'), textOf(valueAt(body, 'kill_timeout'))]).toEqual([
      '"25s"',
      '1 + 2',
      '25s',
    ]);
  });
});

describe('what is no HCL gives nothing', () => {
  test.each([
    'job "a" {',
    '}',
    'a = ',
    'a = "',
    'a = "${x',
    'a = [1',
    'a = {b}',
    'a = <<EOF\nb',
    'a = f(',
    'a = (/* x',
    'a b',
    '= 1',
    '"a',
    'a = "x\ny"',
    `a = ${'['.repeat(5_000)}`,
    'a {'.repeat(5_000),
  ])('%j', (text) => {
    expect(parseHcl(text).root).toBeUndefined();
  });

  test('every prefix of a job is read without an error, whatever it ends in', () => {
    const text = 'job "a" {\n  x = "${f("{")}" # c\n  y = <<-E\n    z\n  E\n  l = [1, { m = 2 }]\n}\n';
    for (let end = 0; end <= text.length; end += 1) expect(() => parseHcl(text.slice(0, end))).not.toThrow();
  });
});

test('suppression comments count, but not inside of a heredoc', () => {
  const text = 'a = <<E\n# mcp-shutdown-disable-file x\nE\n# mcp-shutdown-disable-next-line y -- z\nb = 1\n';
  const directives = hclDirectives(text, parseHcl(text));
  expect(
    directives.map(({ rules, target }) => [rules.map(({ id }) => id), text.slice(target, target + 1)]),
  ).toEqual([[['y'], 'b']]);
});
