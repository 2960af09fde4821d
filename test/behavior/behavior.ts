// Proves that a fixed server survives being stopped: see docs/behavior-matrix.md, which this writes.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readCases } from './cases.ts';
import { asJson, asMarkdown, asTable } from './matrix.ts';
import { unnoticedMistakes } from './mutants.ts';
import { writePart } from './page.ts';
import { type CaseResult, proveCase } from './prove.ts';
import { coreScenarios, scenarios } from './scenarios/index.ts';

const coreCases = ['stdio-v1-ts', 'http-stateful-express5-v1-ts', 'sigint-only-stdio-v1-ts'];

const { values: options } = parseArgs({
  options: {
    packages: { type: 'string' },
    case: { type: 'string', multiple: true, default: [] },
    scenario: { type: 'string', multiple: true, default: [] },
    golden: { type: 'boolean', default: false },
    unsafe: { type: 'boolean', default: false },
    core: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    results: { type: 'string' },
    mutants: { type: 'boolean', default: false },
    jobs: { type: 'string', default: '2' },
    title: { type: 'string', default: '^Insert a graceful shutdown handler' },
  },
});

if (options.mutants) {
  const unnoticed = await unnoticedMistakes(options.packages!, Number(options.jobs));
  console.log(`${unnoticed.length} mistakes unnoticed`);
  process.exit(unnoticed.length > 0 ? 1 : 0);
}

const cases = readCases(options.core ? coreCases : options.case);
const names = options.core ? coreScenarios : options.scenario;
for (const name of names) {
  if (!scenarios.some((scenario) => scenario.name === name)) {
    throw new Error(`There is no scenario ${name}: ${scenarios.map((each) => each.name).join(', ')}`);
  }
}
const chosen = scenarios.filter(({ name }) => names.length === 0 || names.includes(name));

const results: CaseResult[] = [];
const waiting = [...cases];
async function work(): Promise<void> {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    results.push(
      await proveCase(next, chosen, {
        installed: options.packages!,
        source: options.unsafe ? 'unsafe' : options.golden ? 'golden' : 'product',
        title: new RegExp(options.title),
        keep: options.keep,
        withModule: !options.core,
      }),
    );
  }
}
await Promise.all(Array.from({ length: Number(options.jobs) }, work));
results.sort((a, b) => (a.of.name < b.of.name ? -1 : 1));

console.log(`\n${asTable(results, chosen)}`);
const isComplete = cases.length === readCases([]).length && chosen.length === scenarios.length;
if (isComplete && !options.golden && !options.unsafe) {
  const ofTheFix = results.filter(({ source }) => source !== 'snippet');
  writePart('whole', asMarkdown(ofTheFix, chosen));
}
if (options.results) writeFileSync(options.results, asJson(results));
const outcomes = results.flatMap((result) => [...result.outcomes.values()]);
const count = (state: string) => outcomes.filter((each) => each.state === state).length;
console.log(`${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`);
process.exit(count('failed') > 0 ? 1 : 0);
