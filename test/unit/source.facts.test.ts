import { describe, expect, test } from 'vitest';
import type { Expr, SourceFacts } from '../../server/src/languages/source/facts.ts';
import { parseSource } from '../../server/src/languages/source/parse.ts';
import { walkStatements } from '../../server/src/languages/source/walk.ts';

function factsOf(text: string, path = '/repo/a.ts'): SourceFacts {
  return parseSource(path, text).facts;
}

/** Every use of a name in a file, as the number of the binding that it means (-1: a global). */
function usesOf(facts: SourceFacts, name: string): number[] {
  const uses: number[] = [];
  for (const { statements } of facts.functions) {
    walkStatements(statements, (expr: Expr) => {
      if (expr.kind === 'name' && expr.name === name) uses.push(expr.binding);
    });
  }
  return uses;
}

function bindingsNamed(facts: SourceFacts, name: string) {
  return facts.bindings.filter((binding) => binding.name === name);
}

describe('scopes', () => {
  test('a name means the nearest declaration around it', () => {
    const facts = factsOf('const a = 1; function f(a) { a; { const a = 2; a; } } a;');
    const [module, parameter, block] = bindingsNamed(facts, 'a').map(({ id }) => id);
    expect(usesOf(facts, 'a')).toEqual([module, parameter, block]);
    expect(bindingsNamed(facts, 'a').map(({ kind }) => kind)).toEqual(['const', 'parameter', 'const']);
  });

  test('functions and var are known above their declaration', () => {
    const facts = factsOf('f(); v; function f() {} if (x) { var v = 1; }');
    expect(usesOf(facts, 'f')).toEqual([bindingsNamed(facts, 'f')[0]!.id]);
    expect(usesOf(facts, 'v')).toEqual([bindingsNamed(facts, 'v')[0]!.id]);
  });

  test('process that a file declares is not the global one', () => {
    expect(usesOf(factsOf('process.on("SIGTERM", f)'), 'process')).toEqual([-1]);
    expect(usesOf(factsOf('const process = spawn("x"); process.on("SIGTERM", f)'), 'process')).toEqual([0]);
  });

  test.each([
    ['for-of', 'for (const s of list) s;'],
    ['catch', 'try {} catch (s) { s; }'],
    ['switch', 'switch (x) { case 1: const s = 1; s; }'],
    ['function expression', '(function s() { s; })();'],
    ['class', 'class s {} new s();'],
    ['enum', 'enum s { A } s;'],
  ])('%s introduces its name', (_, text) => {
    expect(usesOf(factsOf(text), 's')).toEqual([0]);
  });

  test('a later assignment is a value too', () => {
    const facts = factsOf('let server; server = one(); server = two();');
    expect(bindingsNamed(facts, 'server')[0]!.values).toHaveLength(2);
  });
});

describe('destructuring', () => {
  test('each name knows which part it holds', () => {
    const facts = factsOf('const { a, b: { c }, d: [e, f], ...rest } = x;');
    const parts = Object.fromEntries(facts.bindings.map(({ name, values }) => [name, values[0]?.part]));
    expect(parts).toEqual({
      a: [{ kind: 'property', name: 'a' }],
      c: [
        { kind: 'property', name: 'b' },
        { kind: 'property', name: 'c' },
      ],
      e: [
        { kind: 'property', name: 'd' },
        { kind: 'property', name: '0' },
      ],
      f: [
        { kind: 'property', name: 'd' },
        { kind: 'property', name: '1' },
      ],
      rest: [{ kind: 'rest' }],
    });
  });

  test('a default is a second value', () => {
    const facts = factsOf('const { on = fallback } = x;');
    expect(facts.bindings[0]!.values.map(({ part }) => part.length)).toEqual([1, 0]);
  });

  test('a parameter tells which part of the argument each name holds', () => {
    const facts = factsOf('function f(plain, { a, b: { c } }, ...rest) {}');
    const [plain, pattern, rest] = facts.functions[1]!.parameters;
    expect(plain).toMatchObject({ parts: [[]], isRest: false });
    expect(pattern!.parts).toEqual([
      [{ kind: 'property', name: 'a' }],
      [
        { kind: 'property', name: 'b' },
        { kind: 'property', name: 'c' },
      ],
    ]);
    expect(rest).toMatchObject({ isRest: true });
  });
});

describe('imports', () => {
  test('those that only bring types load nothing', () => {
    const facts = factsOf(`
      import type { A } from './a.js';
      import { type B } from './b.js';
      import { type C, c } from './c.js';
      export type { D } from './d.js';
      export { type E } from './e.js';
      import type F = require('./f.js');
      import './g.js';
    `);
    expect(facts.imports.map(({ specifier }) => specifier)).toEqual(['./c.js', './g.js']);
    expect(facts.bindings.map(({ name }) => name)).toEqual(['c']);
  });

  test('each form names what it takes', () => {
    const facts = factsOf(`
      import one from './one.js';
      import * as all from './all.js';
      import { x as y } from './x.js';
      import old = require('./old.js');
    `);
    expect(facts.bindings.map(({ name, imported }) => [name, imported?.specifier, imported?.name])).toEqual([
      ['one', './one.js', 'default'],
      ['all', './all.js', '*'],
      ['y', './x.js', 'x'],
      ['old', './old.js', 'export='],
    ]);
  });

  test('a call loads when it is reached', () => {
    const facts = factsOf(`
      const a = require('a');
      const later = async () => import('b');
      function f(require) { require('c'); }
      import(name);
      import('d' as string);
    `);
    expect(facts.imports.map(({ specifier, kind }) => [specifier, kind])).toEqual([
      ['a', 'static'],
      ['b', 'dynamic'],
      ['d', 'dynamic'],
    ]);
  });
});

describe('exports', () => {
  test.each([
    ['export const a = 1, { b } = x;', ['a', 'b']],
    ['export function f() {} export class C {}', ['f', 'C']],
    ['export default function () {}', ['default']],
    ['export default x;', ['default']],
    ['const a = 1; export { a as b };', ['b']],
    ['export { a as b } from "./x.js"; export * as all from "./y.js";', ['b', 'all']],
    ['export = x;', ['export=']],
    ['module.exports = { a };', ['export=']],
    ['module.exports.a = 1; exports.b = 2;', ['a', 'b']],
    ['exports.a = exports.b = f;', ['b', 'a']],
    ['module.exports = exports = f;', ['export=']],
    ['function f(module) { module.exports = 1; } f();', []],
  ])('%s', (text, names) => {
    const { exports } = factsOf(text);
    expect(exports.map((fact) => (fact.kind === 'all' ? '*' : fact.name))).toEqual(names);
  });

  test('export * is kept apart', () => {
    expect(factsOf('export * from "./x.js";').exports).toEqual([{ kind: 'all', specifier: './x.js' }]);
  });
});

describe('classes', () => {
  test('methods, functions in properties and values in properties', () => {
    const facts = factsOf(`
      class Server extends Base {
        static count = 0;
        #closing = null;
        constructor(private readonly port: number) { super(); }
        stop = async () => {};
        get address() { return 1; }
        static { register(); }
        abstract nothing(): void;
      }
    `);
    const [cls] = facts.classes;
    expect(cls!.members.map(({ name, isStatic }) => [name, isStatic])).toEqual([
      ['constructor', false],
      ['stop', false],
      ['address', false],
      ['static', true],
    ]);
    expect(cls!.initializers.map(({ name }) => name)).toEqual(['count', '#closing']);
    expect(cls!.extends).toMatchObject({ kind: 'name', name: 'Base' });
    expect(facts.functions[cls!.members[0]!.fn]!.parameters[0]).toMatchObject({
      isProperty: true,
      type: 'number',
    });
  });
});

describe('dialects', () => {
  test.each([
    ['/a.tsx', 'const a = <p title="x">{f()}</p>;'],
    ['/a.js', 'const a = <p title="x">{f()}</p>;'],
    ['/a.mts', 'const a = <string>f();'],
    ['/a.cts', 'import a = require("a"); export = a;'],
    ['/a.cjs', 'const a = require("a"); f();'],
    ['/a.ts', '@decorated() class A { constructor(@inject() private a: A) {} } f();'],
    ['/a.ts', '#!/usr/bin/env node\nawait f();'],
    ['/a.ts', '\uFEFFf();'],
  ])('%s: %s', (path, text) => {
    expect(factsOf(text, path).hasSyntaxErrors).toBe(false);
  });

  test('a wrapper of types changes nothing', () => {
    const facts = factsOf('(process as NodeJS.Process)!.on("SIGTERM" satisfies string, f)');
    const [statement] = facts.functions[0]!.statements;
    expect(statement).toMatchObject({
      expr: {
        kind: 'call',
        callee: { object: { kind: 'name', name: 'process' } },
        args: [{ value: 'SIGTERM' }, {}],
      },
    });
  });
});

describe('broken text', () => {
  test('is marked, and what can be read is there', () => {
    const facts = factsOf('process.on("SIGTERM", () => { stop(); });\nconst x = {');
    expect(facts.hasSyntaxErrors).toBe(true);
    expect(facts.functions).toHaveLength(2);
  });

  test.each([
    '',
    '(',
    'class',
    'import',
    'export default',
    'a[',
    '`${',
    'x = y = ',
    '@',
    '<',
    '({',
    'for (',
    '\0',
    'case 1:',
  ])('%j does not throw', (text) => {
    for (const path of ['/a.ts', '/a.tsx', '/a.js', '/a.cts']) {
      expect(() => parseSource(path, text)).not.toThrow();
    }
  });
});

describe('suppression comments', () => {
  const marker = 'mcp-shutdown-disable-next-line immediate-exit';

  test.each([
    ['a line comment', `// ${marker}\nf();`],
    ['a block comment', `/* ${marker} */\nf();`],
    ['a comment behind code', `f(); // ${marker}\ng();`],
    ['a JSX comment', `const a = <p>{/* ${marker} */}</p>;`],
    ['a comment at the end', `f();\n// ${marker}`],
    ['a comment inside arguments', `f(\n  // ${marker}\n  a,\n);`],
  ])('%s is one', (_, text) => {
    expect(parseSource('/a.tsx', text).directives.map(({ rules }) => rules.map(({ id }) => id))).toEqual([
      ['immediate-exit'],
    ]);
  });

  test.each([
    ['a string', `const a = '// ${marker}';`],
    ['a template', `const a = \`\n// ${marker}\n\`;`],
    ['a template with parts', `const a = \`\${b}\n// ${marker}\n\${c}\`;`],
    ['JSX text', `const a = <p>\n// ${marker}\n</p>;`],
    ['a regular expression', `const a = /\\/\\/ ${marker}/;`],
    ['a name', 'const mcp_shutdown_disable_next_line = 1;'],
  ])('%s is none', (_, text) => {
    expect(parseSource('/a.tsx', text).directives).toEqual([]);
  });
});
