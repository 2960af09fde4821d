import { expect, test } from 'vitest';
import { runCli } from '../support/cli.ts';
import { wordRule } from '../support/handMade.ts';
import { tempFolder } from '../support/tempFolder.ts';

const rules = [wordRule('bad-word', 'bad'), wordRule('worse-word', 'worse', { severity: 'error' })];

const page = [
  '# bad-word',
  '',
  'A long paragraph that does not fit',
  'into forty columns, of `two` lines.',
  '',
  '- an item that is also too long for forty columns',
  '- another',
  '',
  '## Example',
  '',
  '````ts',
  '```',
  'bad(); // this line of code is longer than forty columns',
  '````',
  '',
  '| a | b |',
  '',
].join('\n');

test('a rule’s page is wrapped for the terminal, its code is not', async () => {
  const read = { readPage: async (id: string) => (id === 'bad-word' ? page : undefined), columns: 40 };
  const { code, output } = await runCli(tempFolder(), ['explain', 'bad-word'], rules, read);
  expect(code).toBe(0);
  expect(output).toBe(
    [
      'bad-word',
      '',
      'A long paragraph that does not fit into',
      'forty columns, of `two` lines.',
      '',
      '- an item that is also too long for',
      '  forty columns',
      '- another',
      '',
      'Example',
      '',
      '    ```',
      '    bad(); // this line of code is longer than forty columns',
      '',
      '| a | b |',
      '',
    ].join('\n'),
  );
});

test('headings and code are told apart by colour', async () => {
  const { output } = await runCli(tempFolder(), ['explain', 'bad-word', '--color'], rules, {
    readPage: async () => page,
  });
  expect(output).toContain('\u001B[1mExample\u001B[22m');
});

test('where the page is missing the rule still explains itself', async () => {
  const { output } = await runCli(tempFolder(), ['explain', 'bad-word'], rules);
  expect(output).toContain('The word bad.');
  expect(output).toContain('    { "rules": { "bad-word": "off" } }');
});

test('without a rule all are listed', async () => {
  expect((await runCli(tempFolder(), ['explain'], rules)).output).toBe(
    'bad-word    warning      The word bad.\nworse-word  error        The word worse.\n',
  );
});

test.each([
  [['explain', 'bad'], 'There is no rule "bad". Did you mean "bad-word"?'],
  [['explain', 'nonsense'], 'There is no rule "nonsense". "mcp-shutdown explain" lists them.'],
  [['explain', 'bad-word', 'worse-word'], 'explain takes one rule.'],
])('%j cannot run', async (argv, message) => {
  expect(await runCli(tempFolder(), argv, rules)).toEqual({
    code: 2,
    output: '',
    errors: `mcp-shutdown: ${message}\n`,
  });
});
