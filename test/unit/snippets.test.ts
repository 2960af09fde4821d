import { readdirSync, readFileSync } from 'node:fs';
import { DockerfileParser } from 'dockerfile-ast';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { expanded, snippetsIn } from '../support/snippets.ts';

const files = readdirSync('snippets');
const all = files.flatMap((file) => snippetsIn(file).map((snippet) => ({ file, ...snippet })));
const inFile = (file: string) => all.filter((snippet) => snippet.file === file);

test('every snippet file is contributed, for a language', () => {
  const { contributes } = JSON.parse(readFileSync('package.json', 'utf8'));
  const paths: string[] = contributes.snippets.map(({ path }: { path: string }) => path);
  expect([...new Set(paths)].sort()).toEqual(files.map((file) => `./snippets/${file}`).sort());
});

test('prefixes say whose they are, and no two snippets of a language have the same', () => {
  for (const { prefix } of all) expect(prefix).toMatch(/^mcp-shutdown-[a-z]+$/);
  for (const file of files) {
    const prefixes = inFile(file).map(({ prefix }) => prefix);
    expect(new Set(prefixes).size, file).toBe(prefixes.length);
  }
});

test('TypeScript and JavaScript have the same snippets', () => {
  const prefixes = (file: string) => inFile(file).map(({ prefix }) => prefix);
  expect(prefixes('javascript.json')).toEqual(prefixes('typescript.json'));
});

test.each(all)('$file: $prefix ends with the cursor behind it', ({ body }) => {
  expect(body.at(-1)).toBe('$0');
  expect(body.slice(0, -1).join('\n')).not.toMatch(/(?<!\\)\$0/);
});

test.each(inFile('typescript.json'))('$prefix is TypeScript', ({ body }) => {
  expect(syntaxErrors('snippet.ts', expanded(body))).toEqual([]);
});

test.each(inFile('javascript.json'))('$prefix is JavaScript', ({ body }) => {
  expect(syntaxErrors('snippet.js', expanded(body))).toEqual([]);
});

/** Types in JavaScript are among them. */
function syntaxErrors(name: string, text: string): string[] {
  const host = ts.createCompilerHost({});
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true);
  const program = ts.createProgram(
    [name],
    { allowJs: true, noLib: true, noResolve: true },
    {
      ...host,
      getSourceFile: (wanted) => (wanted === name ? file : undefined),
    },
  );
  return program
    .getSyntacticDiagnostics(file)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

test.each(inFile('dockerfile.json'))('$prefix is an instruction', ({ body }) => {
  const dockerfile = DockerfileParser.parse(`FROM node:22\n${expanded(body)}`);
  const [, instruction, ...others] = dockerfile.getInstructions();
  expect(others).toEqual([]);
  expect(['CMD', 'STOPSIGNAL']).toContain(instruction?.getKeyword());
  if (instruction?.getKeyword() === 'CMD') {
    expect(JSON.parse(instruction.getArgumentsContent() ?? '')).toEqual(['node', 'dist/index.js']);
  }
});

test.each(inFile('yaml.json'))('$prefix is YAML', ({ body }) => {
  const documents = parseAllDocuments(expanded(body));
  expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
  expect(documents.length).toBe(1);
});

test('the periods of the Kubernetes snippet add up', () => {
  const [snippet] = inFile('yaml.json').filter(({ prefix }) => prefix === 'mcp-shutdown-kubernetes');
  const [document] = parseAllDocuments(expanded(snippet?.body ?? []));
  const { terminationGracePeriodSeconds, containers } = document!.toJS();
  const [{ env, lifecycle }] = containers;
  const drain = Number(env[0].value) / 1_000;
  expect(terminationGracePeriodSeconds).toBe(lifecycle.preStop.sleep.seconds + drain + 5);
});

test('a tab stop that is filled in is filled in everywhere', () => {
  const [snippet] = inFile('typescript.json').filter(({ prefix }) => prefix === 'mcp-shutdown-stdio');
  const text = expanded(snippet?.body ?? [], { 4: '20000' });
  expect(text).not.toContain('5000');
  expect(text.match(/\b20000\b/g)).toHaveLength(3);
});
