import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { generatedFiles, pagesFolder } from '../../scripts/docs.ts';
import { parseSettings } from '../../server/src/engine/settings.ts';
import { rules } from '../../server/src/rules/index.ts';
import { fixturesFolder, foldersIn } from '../support/fixtures.ts';

const root = join(import.meta.dirname, '../..');
const ruleIds = rules.map(({ id }) => id);

test.each([...generatedFiles(root).keys()])(
  '%s is what the rules and fixtures say (else: npm run docs)',
  (path) => {
    expect(readFileSync(join(root, path), 'utf8')).toBe(generatedFiles(root).get(path));
  },
);

test('no page is without a rule', () => {
  const expected = [...ruleIds.map((id) => `${id}.md`), 'README.md'];
  expect(readdirSync(join(root, pagesFolder)).sort()).toEqual(expected.sort());
});

test('each rule has a file of its name, and each file is in the list', () => {
  const files = readdirSync(join(root, 'server/src/rules')).filter((name) => name.endsWith('.ts'));
  expect(files.sort()).toEqual(['index.ts', ...ruleIds.map((id) => `${id}.ts`)].sort());
});

test('no two rules have the same name, and each is kebab case', () => {
  expect(new Set(ruleIds).size).toBe(ruleIds.length);
  for (const id of ruleIds) expect(id).toMatch(/^[a-z]+(-[a-z0-9]+)+$/);
});

test('each rule has fixtures, bad and good, and no fixture is without a rule', () => {
  expect(foldersIn(fixturesFolder)).toEqual([...ruleIds].sort());
  for (const id of ruleIds) {
    const kinds = new Set(foldersIn(join(fixturesFolder, id)).map((name) => name.split('-')[0]));
    expect(kinds, id).toEqual(new Set(['bad', 'good']));
  }
});

test.each(rules)('the page of $id says all that a page should', ({ id }) => {
  const page = readFileSync(join(root, pagesFolder, `${id}.md`), 'utf8');
  const headings = ['## What it does', '## Why is this bad?', '## Example', 'Use instead:', '## Fix'];
  for (const heading of [...headings, '## Suppress and configure']) expect(page).toContain(`\n${heading}\n`);
});

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const schemas = {
  file: JSON.parse(readFileSync(join(root, 'schema/mcp-shutdown.schema.json'), 'utf8')),
  setting: { properties: { rules: manifest.contributes.configuration.properties['mcpShutdown.rules'] } },
};

/** What both the reader and the schema of the config file should make of a text. */
test.each([
  [true, {}],
  [true, { $schema: 'x', rules: { 'immediate-exit': 'off' }, exclude: ['lib'], dockerfiles: 'all' }],
  [true, { rules: Object.fromEntries(ruleIds.map((id) => [id, 'default'])) }],
  [false, []],
  [false, { colour: true }],
  [false, { rules: { 'no-such-rule': 'off' } }],
  [false, { rules: { 'immediate-exit': 'warn' } }],
  [false, { exclude: 'lib' }],
  [false, { dockerfiles: 'none' }],
])('valid %s for schema and reader alike: %j', (isValid, config) => {
  const ajv = new Ajv({ strict: false });
  expect(ajv.validate(schemas.file, config)).toBe(isValid);
  expect(parseSettings(JSON.stringify(config), ruleIds).problems.length === 0).toBe(isValid);
});

test.each([
  [true, { 'immediate-exit': 'off' }],
  [false, { 'immediate-exit': 'warn' }],
  [false, { 'no-such-rule': 'off' }],
])('valid %s as the editor setting: %j', (isValid, rules) => {
  expect(new Ajv({ strict: false }).validate(schemas.setting, { rules })).toBe(isValid);
});
