// Proves the fixes that keep the user's handler: each server is run as it is and fixed, and stopped both times.
//
//   node scripts/run-ts.mjs test/behavior/small/prove.ts --packages NODE_MODULES [--core] [--results FILE] [--keep]
//     [--jobs N] [SCENARIO | SHAPE]...
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { linkPackages } from '../packages.ts';
import { writePart } from '../page.ts';
import { prove, type SmallProof } from './proof.ts';
import { smallScenarios } from './scenarios/index.ts';
import { dependenciesOf, type ShapeName, shapes } from './shapes.ts';
import { smallResults, smallTable } from './table.ts';
import { typeErrorsBelow } from './types.ts';

const { values: options, positionals: chosen } = parseArgs({
  allowPositionals: true,
  options: {
    packages: { type: 'string' },
    core: { type: 'boolean', default: false },
    results: { type: 'string' },
    keep: { type: 'boolean', default: false },
    jobs: { type: 'string', default: '3' },
  },
});
const shapeNames = Object.keys(shapes) as ShapeName[];
const chosenShapes = shapeNames.filter((shape) => chosen.includes(shape));
const chosenNames = chosen.filter((each) => !shapeNames.some((shape) => shape === each));
const unknown = chosenNames.find((name) => !smallScenarios.some((each) => each.name === name));
if (unknown) throw new Error(`There is no ${unknown} among the small scenarios and shapes`);

const waiting = smallScenarios
  .filter(({ name }) => chosenNames.length === 0 || chosenNames.includes(name))
  .flatMap((scenario) =>
    (options.core ? (scenario.core ?? []) : scenario.shapes).map((shape) => ({ scenario, shape })),
  )
  .filter(({ shape }) => chosenShapes.length === 0 || chosenShapes.includes(shape));

const root = realpathSync(mkdtempSync(join(tmpdir(), 'small-')));
const proofs: SmallProof[] = [];
try {
  installPackages();
  await Promise.all(Array.from({ length: Number(options.jobs) }, work));
  checkTypes();
} finally {
  if (options.keep) console.log(root);
  else rmSync(root, { recursive: true, force: true });
}

for (const { scenario, shape, problem, seen } of proofs)
  if (problem) console.log(`FAILED ${scenario.name} ${shape}: ${problem}\n       ${seen}`);
const failed = proofs.filter(({ problem }) => problem).length;
console.log(`${proofs.length - failed} small fixes proven, ${failed} failed`);
if (!options.core && chosen.length === 0) writePart('small', smallTable(smallScenarios, proofs));
if (options.results) writeFileSync(options.results, JSON.stringify(smallResults(proofs), null, 2));
process.exit(failed > 0 ? 1 : 0);

/** The packages lie above the servers, as those of a workspace do. */
function installPackages(): void {
  const dependencies = Object.assign({}, ...shapeNames.map(dependenciesOf));
  const types = { '@types/express': '^5.0.0', '@types/node': '^20.0.0', '@types/pg': '^8.0.0' };
  writeFileSync(join(root, 'package.json'), JSON.stringify({ dependencies, devDependencies: types }));
  mkdirSync(join(root, 'node_modules'));
  linkPackages(root, options.packages!, true);
}

async function work(): Promise<void> {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const proof = await prove(next.scenario, next.shape, root, options.packages!);
    proofs.push(proof);
    console.log(`${proof.problem ? 'FAILED' : 'ok    '} ${next.scenario.name} ${next.shape}`);
  }
}

function checkTypes(): void {
  if (!proofs.some(({ shape }) => shape.endsWith('.ts'))) return;
  const errors = typeErrorsBelow(root);
  for (const proof of proofs) {
    const error = errors.get(`${proof.scenario.name}.${proof.shape.replace('.', '-')}`);
    if (error) proof.problem ??= `tsc --strict:\n${error}`;
  }
}
