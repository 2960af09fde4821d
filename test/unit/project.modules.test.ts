import { describe, expect, test } from 'vitest';
import { parsePackageJson } from '../../server/src/languages/packageJson.ts';
import { readTsConfig, resolveByCompiler } from '../../server/src/languages/source/tsconfig.ts';
import { ModuleResolver } from '../../server/src/project/modules.ts';

/** A resolver over files by path below /repo; source files may be given with an empty text. */
function resolverOf(
  files: Record<string, string>,
  links: { from: string; to: string }[] = [],
): ModuleResolver {
  const texts = new Map(Object.entries(files).map(([path, text]) => [`/repo/${path}`, text]));
  const packages = [...texts].filter(([path]) => path.endsWith('/package.json'));
  const byName = packages.map(([path, text]) => {
    const facts = parsePackageJson(text);
    return [facts.name ?? '', { path, facts }] as const;
  });
  return new ModuleResolver(
    {
      has: (path) => /\.[cm]?[jt]sx?$/.test(path) && texts.has(path),
      text: (path) => texts.get(path),
    },
    new Map(byName),
    { readTsConfig, resolveByCompiler },
    links,
  );
}

function resolved(files: Record<string, string>, specifier: string, from: string): string {
  const found = resolverOf(files).resolve(specifier, `/repo/${from}`);
  return found.kind === 'file' ? found.path.slice('/repo/'.length) : `external ${found.name}`;
}

describe('relative imports', () => {
  test.each([
    ['./b.js', 'src/b.js', 'the file itself'],
    ['./b', 'src/b.ts', 'an ending left out'],
    ['./c.js', 'src/c.ts', '.js for .ts'],
    ['./d.js', 'src/d.tsx', '.js for .tsx'],
    ['./e.mjs', 'src/e.mts', '.mjs for .mts'],
    ['./f.cjs', 'src/f.cts', '.cjs for .cts'],
    ['./g', 'src/g/index.ts', "a folder's index"],
    ['./g/', 'src/g/index.ts', 'a folder with a slash'],
    ['.', 'src/index.ts', 'the folder itself'],
    ['..', 'index.js', 'the folder above'],
    ['./g/../c.js', 'src/c.ts', 'dots inside'],
    ['./h.service', 'src/h.service.ts', 'a dot in the name'],
    ['./missing.js', 'external ./missing.js', 'nothing'],
  ])('%s is %s: %s', (specifier, expected) => {
    const paths = [
      'a.ts',
      'b.ts',
      'b.js',
      'c.ts',
      'd.tsx',
      'e.mts',
      'f.cts',
      'g/index.ts',
      'index.ts',
      'h.service.ts',
    ];
    const files = Object.fromEntries(paths.map((path) => [`src/${path}`, '']));
    expect(resolved({ ...files, 'index.js': '' }, specifier, 'src/a.ts')).toBe(expected);
  });
});

describe('tsconfig', () => {
  test('paths, inherited from a config with comments', () => {
    const files = {
      'tsconfig.base.json': '{ /* shared */ "compilerOptions": { "paths": { "@lib/*": ["./lib/*"], }, } }',
      'app/tsconfig.json': '{ "extends": "../tsconfig.base.json" }',
      'app/src/a.ts': '',
      'lib/stop.ts': '',
    };
    expect(resolved(files, '@lib/stop', 'app/src/a.ts')).toBe('lib/stop.ts');
    expect(resolved(files, '@lib/stop.js', 'app/src/a.ts')).toBe('lib/stop.ts');
    expect(resolved(files, '@lib/other', 'app/src/a.ts')).toBe('external @lib/other');
  });

  test('baseUrl', () => {
    const files = {
      'tsconfig.json': '{ "compilerOptions": { "baseUrl": "src" } }',
      'src/a.ts': '',
      'src/lib/b.ts': '',
    };
    expect(resolved(files, 'lib/b', 'src/a.ts')).toBe('src/lib/b.ts');
  });

  test.each([
    '{',
    '[]',
    '{ "extends": "./tsconfig.json" }',
    '{ "extends": "./missing.json" }',
    '{ "compilerOptions": 1 }',
  ])('a broken one (%s) breaks nothing', (text) => {
    const files = { 'tsconfig.json': text, 'src/a.ts': '', 'src/b.ts': '' };
    expect(resolved(files, './b.js', 'src/a.ts')).toBe('src/b.ts');
    expect(resolved(files, 'express', 'src/a.ts')).toBe('external express');
  });
});

describe('package.json', () => {
  test.each([
    ['#stop', '{ "#stop": "./src/stop.ts" }'],
    ['#stop', '{ "#stop": { "types": "./types/stop.d.ts", "default": "./dist/stop.js" } }'],
    ['#lib/stop', '{ "#lib/*": "./dist/*.js" }'],
    ['#lib/stop.js', '{ "#lib/*": "./src/*" }'],
  ])('imports: %s by %s', (specifier, imports) => {
    const files = {
      'package.json': `{ "name": "a", "imports": ${imports} }`,
      'src/a.ts': '',
      'src/stop.ts': '',
    };
    expect(resolved(files, specifier, 'src/a.ts')).toBe('src/stop.ts');
  });

  test.each([
    ['kit', '{ "name": "kit", "main": "dist/index.js" }', 'kit/src/index.ts'],
    ['kit', '{ "name": "kit", "exports": { "import": "./lib/index.js" } }', 'kit/src/index.ts'],
    ['kit', '{ "name": "kit", "source": "src/stop.ts", "main": "dist/index.js" }', 'kit/src/stop.ts'],
    ['kit', '{ "name": "kit" }', 'kit/src/index.ts'],
    [
      'kit/stop',
      '{ "name": "kit", "exports": { ".": "./dist/index.js", "./stop": "./dist/stop.js" } }',
      'kit/src/stop.ts',
    ],
    ['kit/stop', '{ "name": "kit", "exports": { "./*": "./dist/*.js" } }', 'kit/src/stop.ts'],
    ['kit/stop', '{ "name": "kit" }', 'kit/src/stop.ts'],
    ['kit/src/stop.js', '{ "name": "kit" }', 'kit/src/stop.ts'],
    ['kit', '{ "name": "kit", "main": 1, "exports": [null] }', 'kit/src/index.ts'],
    ['kit-two', '{ "name": "kit" }', 'external kit-two'],
  ])('another package of the workspace: %s by %s', (specifier, manifest, expected) => {
    const files = {
      'kit/package.json': manifest,
      'kit/src/index.ts': '',
      'kit/src/stop.ts': '',
      'app/a.ts': '',
    };
    expect(resolved(files, specifier, 'app/a.ts')).toBe(expected);
  });

  test('a package with a scope', () => {
    const files = {
      'kit/package.json': '{ "name": "@x/kit", "main": "./index.js" }',
      'kit/index.ts': '',
      'a.ts': '',
    };
    expect(resolved(files, '@x/kit', 'a.ts')).toBe('kit/index.ts');
    expect(resolved(files, '@x/other', 'a.ts')).toBe('external @x/other');
  });
});

describe('what is built', () => {
  test.each([
    [
      '{ "compilerOptions": { "outDir": "build", "rootDir": "source" } }',
      'build/cli/index.js',
      'source/cli/index.ts',
    ],
    ['{ "compilerOptions": { "outDir": "./build" } }', 'build/stop.js', 'src/stop.ts'],
    ['{ "compilerOptions": { "outDir": "build" } }', 'build/src/stop.js', 'src/stop.ts'],
    ['{}', 'dist/stop.js', 'src/stop.ts'],
    ['{}', 'dist/esm/stop.mjs', 'src/stop.ts'],
    ['{}', 'dist/nothing.js', undefined],
  ])('by %s, %s comes from %s', (tsconfig, built, source) => {
    const files = {
      'package.json': '{}',
      'tsconfig.json': tsconfig,
      'src/stop.ts': '',
      'source/cli/index.ts': '',
    };
    expect(resolverOf(files).sourceOf(`/repo/${built}`, '/repo')).toBe(source && `/repo/${source}`);
  });

  test('is led back also from a bin script', () => {
    const files = { 'package.json': '{}', 'bin/cli.js': '', 'src/index.ts': '' };
    expect(resolved(files, '../dist/index.js', 'bin/cli.js')).toBe('src/index.ts');
  });
});

describe('what lies outside', () => {
  test.each([
    ['node:http', 'node:http'],
    ['http', 'http'],
    ['@modelcontextprotocol/sdk/server/mcp.js', '@modelcontextprotocol/sdk/server/mcp.js'],
    ['npm:@modelcontextprotocol/sdk@1.20.0/server/mcp.js', '@modelcontextprotocol/sdk/server/mcp.js'],
    ['npm:express@^5', 'express'],
    ['npm:/express', 'express'],
    ['jsr:@std/http@1/server', '@std/http/server'],
    ['https://deno.land/x/a.ts', 'https://deno.land/x/a.ts'],
    ['', ''],
  ])('%s is %s', (specifier, name) => {
    expect(resolved({ 'a.ts': '' }, specifier, 'a.ts')).toBe(`external ${name}`);
  });
});

describe('a build that is kept beside its source', () => {
  test.each([
    ['{ "outDir": "dist", "rootDir": "src" }', 'dist/a/b.js', 'src/a/b.ts'],
    ['{ "outDir": "dist", "rootDir": "." }', 'dist/src/a/b.js', 'src/a/b.ts'],
    ['{ "outDir": "dist" }', 'dist/a/b.js', 'src/a/b.ts'],
    ['{ "outDir": "dist" }', 'dist/src/a/b.js', 'src/a/b.ts'],
    ['{ "outDir": "dist" }', 'dist/plain.js', undefined],
    ['{ "outDir": "out" }', 'dist/a/b.js', undefined],
    ['{}', 'dist/a/b.js', undefined],
  ])('%s: %s is made from %s', (options, built, source) => {
    const resolver = resolverOf({
      'package.json': '{}',
      'tsconfig.json': `{ "compilerOptions": ${options} }`,
      'src/a/b.ts': '',
      'dist/a/b.js': '',
      'dist/src/a/b.js': '',
      'dist/plain.js': '',
    });
    expect(resolver.compiledFrom(`/repo/${built}`)).toBe(source && `/repo/${source}`);
    expect(resolver.sourceOf(`/repo/${built}`, '/repo')).toBe(`/repo/${source ?? built}`);
  });
});

test('links are followed to the file that is listed', () => {
  const links = [{ from: '/repo/app/shared', to: '/repo/shared' }];
  const resolver = resolverOf({ 'app/a.ts': '', 'shared/stop.ts': '' }, links);
  expect(resolver.resolve('./shared/stop.js', '/repo/app/a.ts')).toEqual({
    kind: 'file',
    path: '/repo/shared/stop.ts',
  });
});
