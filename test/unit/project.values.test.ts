import { describe, expect, test } from 'vitest';
import { parseSource } from '../../server/src/languages/source/parse.ts';
import { Program } from '../../server/src/project/program.ts';
import type { Value } from '../../server/src/project/value.ts';
import { Values } from '../../server/src/project/values.ts';

/** What the argument of every `probe(...)` in some files may be, in words, sorted. */
function probed(files: string | Record<string, string>): string[] {
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
  const values = new Values(program, new Values(program));
  const found = program
    .callsNamed('probe')
    .flatMap(({ path, fn, call }) => [...values.of(call.args[0]!, path, fn)]);
  return [...new Set(found.map((value) => inWords(value, program)))].sort();
}

function inWords(value: Value, program: Program): string {
  switch (value.kind) {
    case 'literal':
      return JSON.stringify(value.value) ?? 'undefined';
    case 'function':
      return `function ${program.functionAt(value.path, value.fn)?.name}`;
    case 'class':
    case 'instance':
      return `${value.kind} ${program.facts(value.path)?.classes[value.cls]?.name}`;
    case 'foreign':
      return `${value.module || 'global'}:${value.member}`;
    default:
      return value.kind;
  }
}

describe('one file', () => {
  test.each([
    ['probe("a");', ['"a"']],
    ['const a = "x"; probe(a);', ['"x"']],
    ['let a = "x"; if (b) a = "y"; probe(a);', ['"x"', '"y"']],
    ['const a = b ? "x" : "y"; probe(a);', ['"x"', '"y"']],
    ['const { a } = { a: "x", b: "y" }; probe(a);', ['"x"']],
    ['const { a = "z" } = { a: "x" }; probe(a);', ['"x"', '"z"']],
    ['const [, b] = ["x", "y"]; probe(b);', ['"y"']],
    ['const o = { a: { b: "x" } }; probe(o.a.b);', ['"x"']],
    ['const o = { ...{ a: "x" } }; probe(o.a);', ['"x"']],
    ['for (const a of ["x", "y"]) probe(a);', ['"x"', '"y"']],
    ['for (const a of [...["x"], "y"] as const) probe(a);', ['"x"', '"y"']],
    ['for (const a of Object.values({ b: "x", ...{ c: "y" } })) probe(a);', ['"x"', '"y"']],
    ['const o = { b: "x", c: "y" }; probe(o[d]);', ['"x"', '"y"']],
    ['for (const a of ["x", "y"].filter((b) => c(b))) probe(a);', ['"x"', '"y"']],
    ['["x", "y"].forEach((a) => probe(a));', ['"x"', '"y"']],
    ['[{ s: "x" }, { s: "y" }].forEach(({ s }) => probe(s));', ['"x"', '"y"']],
    ['function f(a) { probe(a); } f("x"); f("y");', ['"x"', '"y"']],
    ['function f({ a, b: { c } }) { probe(c); } f({ a: 1, b: { c: "x" } });', ['"x"']],
    ['function f(...all) { probe(all); } f("x");', ['unknown']],
    ['const f = (a = "z") => probe(a); f(); f("x");', ['"x"', '"z"']],
    ['function f() { return "x"; } probe(f());', ['"x"']],
    ['async function f() { return "x"; } probe(await f());', ['"x"']],
    ['function f() {} probe(f);', ['function f']],
    ['function f() {} probe(f.bind(this, 1));', ['function f']],
    ['class A { m() {} } const a = new A(); probe(a.m);', ['function m']],
    ['class A { m() { probe(this); } }', ['instance A']],
    ['class A { s = "x"; m() { probe(this.s); } }', ['"x"']],
    ['class A { constructor() { this.s = "x"; } m() { return () => probe(this.s); } }', ['"x"']],
    ['class A { static s; static of() { return (A.s ??= "x"); } } probe(A.s);', ['"x"']],
    ['class A {} A.s = "x"; probe(A.s); probe(new A().t);', ['"x"', 'unknown']],
    ['class A { constructor(private s) {} m() { probe(this.s); } } new A("x");', ['"x"']],
    ['class B { m() {} } class A extends B {} probe(new A().m);', ['function m']],
    ['probe(process);', ['global:process']],
    ['probe(globalThis.process);', ['global:process']],
    ['import p from "node:process"; probe(p);', ['global:process']],
    ['import { on } from "process"; probe(on);', ['global:process.on']],
    ['const { exit } = process; probe(exit);', ['global:process.exit']],
    ['probe(process.exit.bind(process, 0));', ['global:process.exit']],
    ['const e = require("express"); probe(e());', ['express:()']],
    ['import e from "express"; probe(e().listen);', ['express:().listen']],
    ['import * as pg from "pg"; probe(new pg.default.Pool());', ['pg:Pool()']],
    ['probe((await import("pg")).Pool);', ['pg:Pool']],
    ['function f(process) { probe(process); }', ['unknown']],
    ['probe(b[c]);', ['unknown']],
    ['probe("a" + b);', ['unknown']],
  ])('%s', (text, expected) => {
    expect(probed(text)).toEqual(expected);
  });
});

describe('several files', () => {
  test.each([
    ['a name', { 'a.ts': 'import { x } from "./b.js"; probe(x);', 'b.ts': 'export const x = "x";' }],
    [
      'a new name',
      { 'a.ts': 'import { y } from "./b.js"; probe(y);', 'b.ts': 'const x = "x"; export { x as y };' },
    ],
    ['the default', { 'a.ts': 'import x from "./b.js"; probe(x);', 'b.ts': 'export default "x";' }],
    ['a namespace', { 'a.ts': 'import * as b from "./b.js"; probe(b.x);', 'b.ts': 'export const x = "x";' }],
    [
      'a barrel',
      {
        'a.ts': 'import { x } from "./b.js"; probe(x);',
        'b.ts': 'export * from "./c.js";',
        'c.ts': 'export const x = "x";',
      },
    ],
    [
      'a barrel with a name',
      {
        'a.ts': 'import { y } from "./b.js"; probe(y);',
        'b.ts': 'export { x as y } from "./c.js";',
        'c.ts': 'export const x = "x";',
      },
    ],
    [
      'barrels in a circle',
      {
        'a.ts': 'import { x } from "./b.js"; probe(x);',
        'b.ts': 'export * from "./c.js"; export * from "./d.js";',
        'c.ts': 'export * from "./b.js";',
        'd.ts': 'export const x = "x";',
      },
    ],
    [
      'module.exports',
      { 'a.ts': 'const { x } = require("./b.js"); probe(x);', 'b.ts': 'module.exports = { x: "x" };' },
    ],
    ['exports.x', { 'a.ts': 'const b = require("./b.js"); probe(b.x);', 'b.ts': 'exports.x = "x";' }],
    [
      'import()',
      { 'a.ts': 'const { x } = await import("./b.js"); probe(x);', 'b.ts': 'export const x = "x";' },
    ],
    [
      'a parameter',
      {
        'a.ts': 'import { f } from "./b.js"; f({ s: "x" });',
        'b.ts': 'export function f(o) { probe(o.s); }',
      },
    ],
  ] as [string, Record<string, string>][])('%s', (_, files) => {
    expect(probed(files)).toEqual(['"x"']);
  });

  test('a name that nobody exports is unknown', () => {
    expect(probed({ 'a.ts': 'import { x } from "./b.js"; probe(x);', 'b.ts': '' })).toEqual(['unknown']);
  });
});

describe('text without an end', () => {
  test.each([
    'const a = a; probe(a);',
    'let a = b, b = a; probe(a);',
    'function f() { return f(); } probe(f());',
    'function f(a) { f(a); probe(a); } f(f);',
    'const o = { ...o }; probe(o.a);',
    'const p = { ...q, ...p }, q = { ...p, ...q }; probe(p.a);',
    'const l = [...l, ...l]; for (const e of l) probe(e);',
    'class A extends A {} probe(new A().m);',
    'class A extends B {} class B extends A {} probe(new A().m);',
    'class A { a = this.b; b = this.a; m() { probe(this.a); } }',
    'let a = () => a; a = a(); probe(a()()()());',
    'export * from "./a.js"; import { x } from "./a.js"; probe(x);',
    'const o = {}; o.o = o; probe(o.o.o.o.o);',
  ])('%s', (text) => {
    expect(probed(text)).toContain('unknown');
  });

  test('a question has a bound: what is beyond it is unknown', () => {
    // Each name has two sources, each of those two more: 2^60 ways.
    const lines = Array.from({ length: 60 }, (_, n) => `const a${n} = c ? f(a${n + 1}) : g(a${n + 1});`);
    const text = `function f(x) { return x; } function g(x) { return f(x); } ${lines.join('\n')} const a60 = "x"; probe(a0);`;
    expect(probed(text)).toContain('unknown');
  });

  test('a list of very many values keeps a few and says that there are more', () => {
    const list = Array.from({ length: 500 }, (_, n) => `"${n}"`).join(',');
    const found = probed(`for (const a of [${list}]) probe(a);`);
    expect(found).toContain('unknown');
    expect(found.length).toBeLessThan(100);
  });

  test('a long chain of names does not exhaust the stack', () => {
    const lines = Array.from({ length: 5_000 }, (_, n) => `const a${n + 1} = a${n};`);
    expect(probed(`const a0 = "x"; ${lines.join('')} probe(a5000);`)).toContain('unknown');
  });
});
