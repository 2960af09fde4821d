import type { InputLanguage } from './seeds.ts';

/** A text that nobody writes by hand but a program, or somebody with bad intentions, may. */
export interface HostileShape {
  readonly name: string;
  readonly language: InputLanguage;
  /** @param size how deep or how long, from 1 on */
  text(size: number): string;
}

function nested(open: string, middle: string, close: string): (size: number) => string {
  return (size) => `${open.repeat(size)}${middle}${close.repeat(size)}\n`;
}

function repeated(part: string, before = '', after = ''): (size: number) => string {
  return (size) => `${before}${part.repeat(size)}${after}\n`;
}

/** Each part gets its number in place of `@`. */
function numbered(part: string, before = '', after = ''): (size: number) => string {
  return (size) => {
    const parts = Array.from({ length: size }, (_, index) =>
      part.replaceAll('@1', String(index + 1)).replaceAll('@', String(index)),
    );
    return `${before}${parts.join('')}${after}\n`;
  };
}

const shapes: Record<InputLanguage, Record<string, (size: number) => string>> = {
  source: {
    parentheses: nested('(', 'a', ')'),
    arrays: nested('[', '', ']'),
    objects: nested('({a:', '1', '})'),
    blocks: nested('{', ';', '}'),
    functions: nested('function f() {', '', '}'),
    arrows: nested('() => {', 'process.exit()', '}'),
    calls: nested('f(', '', ')'),
    chains: repeated('.then(x => x)', 'p'),
    optionalChains: repeated('?.a?.[0]?.()', 'p'),
    classes: nested('class A { static x = ', '1', '}'),
    templates: nested('`${', '1', '}`'),
    elseIf: repeated('else if (a) { process.exit(); } ', 'if (a) {} '),
    ifs: nested('if (a) {', 'process.exit()', '}'),
    bareIfs: repeated('if (a) ', '', ';'),
    tries: nested('try {', '', '} finally {}'),
    loops: nested('for (const s of ss) {', 'process.on(s, f)', '}'),
    switches: nested('switch (a) { case 1:', '', '}'),
    ternaries: repeated('a ? b : ', '', 'c'),
    sums: repeated(' + a', 'const x = a'),
    strings: repeated(" + 'a'", "const x = 'a'"),
    logical: repeated(' || a && b ?? c', 'const x = a'),
    assignments: repeated('a = ', '', '1'),
    commas: repeated('a, ', '', 'a'),
    negations: repeated('!', '', 'a'),
    awaits: repeated('await ', '', 'a'),
    news: repeated('new ', '', 'A'),
    labels: repeated('l: ', '', ';'),
    generics: nested('A<', 'B', '>'),
    types: (size) => `type T = ${'{ a: '.repeat(size)}1${' }'.repeat(size)}\n`,
    unions: repeated(' | A', 'type T = A'),
    patterns: (size) => `const ${'{ a: '.repeat(size)}x${' }'.repeat(size)} = y;\n`,
    jsx: nested('<a>', '', '</a>'),
    comments: repeated('/*'),
    openStrings: repeated("'\n"),
    openTemplates: repeated('`${'),
    openParentheses: repeated('('),
    statements: repeated('a();\n'),
    oneLine: repeated('a();'),
    oneComment: repeated('x', '/* ', ' */'),
    oneString: repeated('x', 'const s = "', '";'),
    declarations: repeated('var a = f(a);\n'),
    signals: repeated("process.on('SIGTERM', () => process.exit(0));\n"),
    signalNest: nested("process.on('SIGTERM', () => {", '', '});'),
    recursion: numbered('function f@() { f@1(); f@1(); }\n', '', "f0(); process.on('SIGTERM', f0);"),
    aliases: numbered('const a@1 = a@;\n', 'const a0 = process;\n', "a1.on('SIGTERM', () => a1.exit());"),
    doubling: numbered('const d@1 = x ? d@ : d@;\n', 'const d0 = process;\n', "d1.on('SIGTERM', () => {});"),
    wrappers: numbered(
      'const w@1 = (f) => w@((...a) => f(...a));\n',
      'const w0 = (f) => f();\n',
      'w1(() => {});',
    ),
    inheritance: numbered(
      'class C@1 extends C@ { close() { super.close(); } }\n',
      'class C0 { close() {} }\n',
    ),
    ownExports: repeated("export * from './index.js';\n"),
    disables: repeated('// mcp-shutdown-disable-next-line immediate-exit\n'),
  },
  dockerfile: {
    continuations: repeated('a \\\n', 'RUN '),
    emptyContinuations: repeated('\\\n', 'CMD node '),
    stages: numbered('FROM s@ AS s@1\n', 'FROM node AS s0\n', 'CMD node x.js'),
    commands: repeated('CMD node x.js\n', 'FROM node:20\n'),
    longCommand: repeated(' x', 'FROM node:20\nCMD node'),
    andChain: repeated('a && ', 'FROM node:20\nCMD ', 'node x.js'),
    groups: (size) => `FROM node:20\nCMD ${'( '.repeat(size)}node x.js${' )'.repeat(size)}\n`,
    substitutions: (size) => `FROM node:20\nCMD ${'$('.repeat(size)}node${')'.repeat(size)}\n`,
    array: (size) => `FROM node:20\nCMD [${'"a", '.repeat(size)}"b"]\n`,
    brackets: (size) => `FROM node:20\nCMD ${'['.repeat(size)}\n`,
    variables: numbered('ENV V@1=$V@$V@\n', 'FROM node:20\nENV V0=x\n', 'CMD node $V1'),
    defaults: (size) => `ARG A=${'${A:-'.repeat(size)}x${'}'.repeat(size)}\nFROM $A\nCMD node x.js\n`,
    heredocs: numbered('RUN <<E@\nE@\n', 'FROM node:20\n', 'CMD node x.js'),
    openHeredoc: repeated('x\n', 'FROM node:20\nRUN <<EOF\n'),
    comments: repeated('# mcp-shutdown-disable-next-line\n', 'FROM node:20\n', 'CMD node x.js'),
    quotes: repeated('"', 'FROM node:20\nCMD '),
    backslashes: repeated('\\', 'FROM node:20\nCMD node '),
    blanks: repeated(' ', 'FROM node:20\nCMD', 'node x.js'),
  },
  shell: {
    groups: nested('{ ', 'node x.js;', ' }'),
    subshells: nested('(', 'node x.js', ')'),
    substitutions: nested('$(', 'node', ')'),
    backquotes: repeated('`'),
    ifs: nested('if a; then ', 'exec node x.js', '; fi'),
    elifs: repeated('elif a; then b; ', 'if a; then b; ', 'fi'),
    cases: nested('case x in x) ', 'exec node x.js', ';; esac'),
    loops: nested('while a; do ', 'node x.js', '; done'),
    chain: repeated('a && ', '', 'node x.js'),
    pipes: repeated('a | ', '', 'node x.js'),
    words: repeated(' x', 'exec node'),
    quotes: repeated('"'),
    braces: repeated('${'),
    arithmetic: nested('$((', '1', '))'),
    heredocs: repeated('cat <<E\n'),
    comments: repeated('# x\n', '', 'exec node x.js'),
    functions: numbered('f@() { f@1; }\n', '', 'f0'),
    lines: repeated('echo x\n', '#!/bin/sh\n', 'exec node x.js'),
  },
  json: {
    arrays: nested('[', '', ']'),
    objects: nested('{"a":', '1', '}'),
    keys: numbered('"k@":1,', '{', '"z":1}'),
    openStrings: repeated('"'),
    comments: repeated('/*'),
    scripts: numbered('"s@":"npm run s@1",', '{"scripts":{', '"start":"npm run s0"}}'),
  },
  yaml: {
    flow: nested('[', '', ']'),
    maps: nested('{a: ', '1', '}'),
    indents: (size) =>
      Array.from({ length: Math.min(size, 2_000) }, (_, depth) => `${' '.repeat(depth)}a:\n`).join(''),
    sequences: repeated('- '),
    aliases: numbered('a@1: &a@1 [*a@, *a@]\n', 'a0: &a0 [x]\n'),
    merges: numbered('m@1: &m@1\n  <<: *m@\n  k@: 1\n', 'm0: &m0 {x: 1}\n'),
    documents: repeated('---\na: 1\n'),
    services: numbered('  s@:\n    extends: s@1\n    image: node\n', 'services:\n'),
    quotes: repeated('"'),
    keys: numbered('k@: 1\n'),
    anchors: repeated('&a '),
  },
  toml: {
    arrays: (size) => `a = ${'['.repeat(size)}${']'.repeat(size)}\n`,
    inline: (size) => `a = ${'{a = '.repeat(size)}1${'}'.repeat(size)}\n`,
    dotted: repeated('.a', 'a', ' = 1'),
    tables: numbered('[t@]\n'),
    keys: numbered('k@ = 1\n'),
    openString: repeated('x\n', 'a = """'),
  },
  hcl: {
    blocks: nested('a {\n', '', '}\n'),
    labels: repeated(' "x"', 'job', ' {}'),
    lists: nested('[', '1', ']'),
    objects: nested('{a = ', '1', '}'),
    calls: nested('f(', '1', ')'),
    fillings: nested('"${', 'x', '}"'),
    heredocs: repeated('a = <<E\nb\nE\n', 'job "x" {}\n'),
    openHeredoc: repeated('x\n', 'a = <<E\n'),
    comments: repeated('/*', 'job "x" {}\na = ['),
    tasks: numbered('task "t@" {\ndriver = "docker"\n}\n', 'job "x" {\ngroup "g" {\n', '}\n}\n'),
    operations: repeated(' + 1', 'job "x" {}\na = 1'),
  },
};

export const hostileShapes: readonly HostileShape[] = Object.entries(shapes).flatMap(([language, byName]) =>
  Object.entries(byName).map(([name, text]) => ({ name, language: language as InputLanguage, text })),
);
