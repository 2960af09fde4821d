import type { Outcome } from './ask.ts';
import { moduleColumns } from './moduleShape.ts';
import { type CaseResult, preparation } from './prove.ts';
import type { Scenario } from './scenarios/scenario.ts';

const marks = { passed: 'ok', failed: 'FAIL', skipped: 'skip', 'not applicable': '' };

function columnsOf(chosen: readonly Scenario[]): string[] {
  const names = chosen.map(({ name }) => name);
  return [...preparation, ...names, ...moduleColumns];
}

function mark(outcome: Outcome | undefined): string {
  return outcome ? marks[outcome.state] : '';
}

/** For the terminal: a row a scenario, a column a server, because servers' names can be numbered. */
export function asTable(results: readonly CaseResult[], chosen: readonly Scenario[]): string {
  const legend = results.map(({ of, source }, index) => `${index + 1}  ${of.name} (${source})`);
  const head = ['', ...results.map((_, index) => String(index + 1))];
  const rows = columnsOf(chosen).map((column) => [
    column,
    ...results.map(({ outcomes }) => mark(outcomes.get(column))),
  ]);
  const lines = [head, ...rows].map(([name = '', ...cells]) =>
    [name.padEnd(24), ...cells.map((cell) => cell.padEnd(5))].join(' ').trimEnd(),
  );
  return [...legend, '', ...lines].join('\n');
}

/** One entry for each question that was asked. */
export function asJson(results: readonly CaseResult[]): string {
  const asked = results.flatMap(({ of, outcomes }) =>
    [...outcomes].flatMap(([column, { state, detail }]) =>
      state === 'not applicable' ? [] : [{ title: `${of.name} ${column}`, state, error: detail }],
    ),
  );
  return JSON.stringify(asked, null, 2);
}

/** What a server that was fixed by hand does says nothing of the quick fix. */
function documented({ source, outcomes }: CaseResult, column: string): string {
  if (column === 'fix') return mark(outcomes.get(column));
  return source === 'product' && outcomes.has(column) ? mark(outcomes.get(column)) : 'not run';
}

/** The part of the documentation page. */
export function asMarkdown(results: readonly CaseResult[], chosen: readonly Scenario[]): string {
  const meanings = [
    [
      'fix',
      'the quick fix is applied through the language server; the rule is silent, nothing more is offered',
    ],
    ['types', 'the result passes `tsc --strict` against the real packages'],
    ['control', 'without the fix the server fails `in-flight`'],
    ...chosen.map(({ name, meaning }) => [name, meaning]),
    ['module ...', 'the same of the other shape of the fix: a module beside the entry'],
  ];
  const head = ['', ...results.map(({ of }) => of.title)];
  const rows = columnsOf(chosen).map((column) => [
    `\`${column}\``,
    ...results.map((result) => documented(result, column)),
  ]);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const notes = results.flatMap(({ of, outcomes }) =>
    [...outcomes].flatMap(([column, { state, detail }]) =>
      state === 'skipped' ? [`- ${of.title}, \`${column}\`: ${detail}`] : [],
    ),
  );
  return [
    '## The handler that the quick fix inserts',
    '',
    'Each column is a server as an author would write it, which loses calls when it is stopped. The quick fix is',
    'applied to it, and the result is run with the real SDK and framework and stopped under the official client.',
    'An empty cell: the question does not arise for that server. `not run`: there is no quick fix for it yet.',
    '',
    line(head),
    line(head.map(() => '---')),
    ...rows.map(line),
    '',
    ...(notes.length > 0 ? ['Skipped:', '', ...notes, ''] : []),
    '### The rows',
    '',
    ...meanings.map(([name, meaning]) => `- \`${name}\`: ${meaning}`),
    '',
  ].join('\n');
}
