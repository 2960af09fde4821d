import { describe, expect, test } from 'vitest';
import { parseSource } from '../../server/src/languages/source/parse.ts';
import { CertainCalls } from '../../server/src/project/certainCalls.ts';
import { Program } from '../../server/src/project/program.ts';
import { Values } from '../../server/src/project/values.ts';

/** The names of the functions that certain calls reach from `start`, in the order in which they are reached. */
function reached(files: string | Record<string, string>): string[] {
  const texts = typeof files === 'string' ? { 'a.ts': files } : files;
  const facts = new Map(
    Object.entries(texts).map(([name, text]) => [`/${name}`, parseSource(`/${name}`, text).facts]),
  );
  const program = new Program(
    facts,
    (specifier) => {
      const path = specifier.replace(/^\./, '').replace(/\.js$/, '.ts');
      return facts.has(path) ? { kind: 'file', path } : { kind: 'external', name: specifier };
    },
    () => undefined,
  );
  const plain = new Values(program);
  const calls = new CertainCalls(program, plain, new Values(program, plain));
  const start = facts.get('/a.ts')?.functions.find(({ name }) => name === 'start');
  if (!start) throw new Error('no function start');
  return [...calls.reach([{ path: '/a.ts', fn: start.id }]).values()]
    .map(({ ref }) => program.functionAt(ref.path, ref.fn)?.name ?? '')
    .slice(1);
}

describe('is followed', () => {
  test.each([
    ['a declared function', 'function start() { a(); } function a() { b(); } function b() {}', ['a', 'b']],
    ['an arrow function', 'const start = () => a(); const a = () => 1;', ['a']],
    [
      'under a condition',
      'function start(x) { if (x) a(); else x && b(); } function a() {} function b() {}',
      ['a', 'b'],
    ],
    ['recursion', 'function start() { a(); } function a() { start(); a(); }', ['a']],
    ['a method', 'class C { m() { this.n(); } n() {} } function start() { new C().m(); }', ['m', 'n']],
    [
      'a constructor',
      'class C { constructor() { a(); } } function start() { new C(); } function a() {}',
      ['constructor', 'a'],
    ],
    [
      "a base's constructor",
      'class B { constructor() {} } class C extends B {} function start() { new C(); }',
      ['constructor'],
    ],
    [
      'super()',
      'class B { constructor() { a(); } } class C extends B { constructor() { super(); } } function start() { new C(); } function a() {}',
      ['constructor', 'constructor', 'a'],
    ],
    ['callbacks of lists', 'function start(l) { l.forEach(() => a()); } function a() {}', ['', 'a']],
    [
      'callbacks of promises',
      'function start(p) { p.then(a).catch(() => b()); } function a() {} function b() {}',
      ['', 'a', 'b'],
    ],
    [
      'the executor of a promise',
      'function start() { return new Promise((r) => a(r)); } function a() {}',
      ['', 'a'],
    ],
    ['timers', 'function start() { setTimeout(a, 10); } function a() {}', ['a']],
    [
      'what an own function calls',
      'function start() { w(() => a()); } function w(f) { return f(); } function a() {}',
      ['w', '', 'a'],
    ],
    [
      'what an own function hands on',
      'function start() { w(a); } function w(f) { v(f); } function v(g) { g(); } function a() {}',
      ['w', 'a', 'v'],
    ],
    [
      'an element of a table',
      'const t = { x: a, y: b }; function start(k) { t[k](); } function a() {} function b() {}',
      ['a', 'b'],
    ],
    [
      'an injected function',
      'function make(f) { return { run: () => f() }; } const m = make(a); function start() { m.run(); } function a() {}',
      ['run', 'a'],
    ],
  ])('%s', (_what, text, names) => {
    expect(reached(text)).toEqual(names);
  });

  test('other files', () => {
    const files = {
      'a.ts': "import { b } from './b.js'; export function start() { b(); }",
      'b.ts': "export { c as b } from './c.js';",
      'c.ts': 'export function c() {}',
    };
    expect(reached(files)).toEqual(['c']);
  });
});

describe('is not followed', () => {
  test.each([
    ['a function that is only mentioned', 'function start() { return a; } function a() {}'],
    ['a method of the same name of something unknown', 'class C { m() {} } function start(c) { c.m(); }'],
    ['a listener', "function start(e) { e.on('x', () => a()); process.on('SIGTERM', a); } function a() {}"],
    [
      'a function given to a package',
      "import { use } from 'x'; function start() { use(() => a()); } function a() {}",
    ],
    ['a parameter', 'function w(f) { f(); } w(a); function start(f) { const g = f; g(); } function a() {}'],
    ['what may be something else', 'let f = a; f = other; function start() { f(); } function a() {}'],
  ])('%s', (_what, text) => {
    expect(reached(text)).toEqual([]);
  });

  test("what another caller's argument is", () => {
    const text =
      'function w(f) { f(); } w(a); w(b); function start() { w(c); } function a() {} function b() {} function c() {}';
    expect(reached(text)).toEqual(['w', 'c']);
  });

  test('a stored callback', () => {
    expect(
      reached('const l = []; function start() { w(a); } function w(f) { l.push(f); } function a() {}'),
    ).toEqual(['w']);
  });
});
