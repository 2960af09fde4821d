// Writes what is made from the rules: docs/rules/, the config file's schema and the editor's rules setting; and the
// snippets, whose code is that of the quick fix.
// A test compares the same texts with the files, so run `npm run docs` after a change to a rule or its fixtures.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { applyEdits, modify } from 'jsonc-parser';
import { configSchema, rulesSetting, shutdownSetting } from '../server/src/engine/configSchema.ts';
import { type Example, rulePage, rulesIndex, rulesTable } from '../server/src/engine/rulePage.ts';
import type { Rule } from '../server/src/engine/types.ts';
import { rules } from '../server/src/rules/index.ts';
import { snippetFiles } from './snippets/index.ts';

export const pagesFolder = 'docs/rules';
const fixturesFolder = 'test/rules';

/** Every generated file with its text, by its path from the repository's root. */
export function generatedFiles(root: string): Map<string, string> {
  const manifest = readFileSync(join(root, 'package.json'), 'utf8');
  return new Map([
    ...rules.map((rule): [string, string] => [
      `${pagesFolder}/${rule.id}.md`,
      rulePage(rule, exampleOf(rule, root)),
    ]),
    [`${pagesFolder}/README.md`, rulesIndex(rules)],
    ['schema/mcp-shutdown.schema.json', asJson(configSchema(rules))],
    ['package.json', withSettings(manifest)],
    ['README.md', withRulesTables(readFileSync(join(root, 'README.md'), 'utf8'))],
    ...[...snippetFiles].map(([name, text]): [string, string] => [`snippets/${name}`, text]),
  ]);
}

/**
 * The file with the first finding of `bad-example`, beside the same file of `good-example`; where a rule has no
 * such fixtures, of the first bad one with a good one of the same name, else of the first bad one.
 */
function exampleOf(rule: Rule, root: string): Example | undefined {
  const folder = join(root, fixturesFolder, rule.id);
  if (!existsSync(folder)) return undefined;
  const examples = readdirSync(folder)
    .filter((name) => name.startsWith('bad-'))
    .sort((a, b) => Number(b === 'bad-example') - Number(a === 'bad-example') || (a < b ? -1 : 1))
    .flatMap((name) => {
      const file = fileOfFirstFinding(join(folder, name, 'expected.txt'), rule.id);
      if (file === undefined) return [];
      const good = join(folder, name.replace('bad-', 'good-'), file);
      return [
        {
          language: languageOf(file),
          bad: readFileSync(join(folder, name, file), 'utf8'),
          good: existsSync(good) ? readFileSync(good, 'utf8') : undefined,
        },
      ];
    });
  return examples.find(({ good }) => good !== undefined) ?? examples[0];
}

function fileOfFirstFinding(expected: string, ruleId: string): string | undefined {
  if (!existsSync(expected)) return undefined;
  const line = readFileSync(expected, 'utf8')
    .split('\n')
    .find((line) => line.split(' ')[2] === ruleId);
  return line?.split(':')[0];
}

function languageOf(file: string): string {
  return /^(Dockerfile|Containerfile)/.test(basename(file)) ? 'dockerfile' : extname(file).slice(1);
}

/** As the formatter writes it: a list that fits on a line stands on one. */
function asJson(value: object): string {
  const text = JSON.stringify(value, null, 2).replace(
    /\[\n[^[\]{}]*\]/g,
    (list, offset: number, all: string) => {
      const onOneLine = list.replace(/\n\s*/g, ' ').replace('[ ', '[').replace(/ \]$/, ']');
      const before = offset - (all.lastIndexOf('\n', offset) + 1);
      return before + onOneLine.length + 1 <= 110 ? onOneLine : list;
    },
  );
  return `${text}\n`;
}

/** package.json with the rules setting, everything else as it was. */
function withSettings(manifest: string): string {
  const settings = { 'mcpShutdown.rules': rulesSetting(rules), 'mcpShutdown.shutdown': shutdownSetting() };
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol: '\n' };
  return Object.entries(settings).reduce((text, [name, value]) => {
    const path = ['contributes', 'configuration', 'properties', name];
    return applyEdits(text, modify(text, path, value, { formattingOptions }));
  }, manifest);
}

/** The README's tables of rules: a heading, and the rule that its table begins with. */
const tables: readonly (readonly [heading: string, first: string])[] = [
  ['In the server', 'missing-sigterm-handler'],
  ['In the Dockerfile and what it starts', 'shell-form-command'],
  ['In deployment files', 'unhandled-stop-signal'],
  ['In comments and settings', 'unused-suppression'],
];

/** The README with its tables of rules between their two marks, everything else as it was. */
function withRulesTables(readme: string): string {
  const starts = tables.map(([, first]) => rules.findIndex(({ id }) => id === first));
  const sections = tables.map(([heading], index) => {
    const own = rules.slice(starts[index], starts[index + 1]);
    return `### ${heading}\n\n${rulesTable(own, `${pagesFolder}/`)}\n`;
  });
  return readme.replace(/(<!-- rules -->\n)[\s\S]*(<!-- end of rules -->)/, (_, begin, end) =>
    [begin, ...sections, end].join('\n'),
  );
}

function write(root: string): void {
  rmSync(join(root, pagesFolder), { recursive: true, force: true });
  for (const [path, text] of generatedFiles(root)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) write(process.cwd());
