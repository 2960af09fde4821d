// npm run test:behavior: unsafe servers, fixed by the light bulb, then run and stopped. See test/behavior.
//
//   node scripts/behavior.mjs [--case NAME]... [--scenario NAME]... [--golden] [--unsafe] [--core] [--keep] [--mutants]
//
//   --core           a few servers and the most telling scenarios, with patience for a busy machine
//   --results FILE   what passed and failed, as JSON
//   --may-skip       where the packages cannot be had, and CI is not "true": say so and succeed
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { installedPackages } from './behaviorPackages.mjs';
import { UnavailableError } from './editor/platform.mjs';

const root = resolve(import.meta.dirname, '..');
process.chdir(root);
const args = process.argv.slice(2);

/** The packages, or nothing where they cannot be had and none are demanded. */
async function packagesUnlessSkipped() {
  try {
    return await installedPackages('test/behavior/packages');
  } catch (error) {
    const maySkip = args.includes('--may-skip') && process.env.CI !== 'true';
    if (!(error instanceof UnavailableError) || !maySkip) throw error;
    console.warn(`\n*** THE BEHAVIOR TESTS ARE SKIPPED ***\n${error.message}\n`);
    const file = args[args.indexOf('--results') + 1];
    if (args.includes('--results')) {
      writeFileSync(file, JSON.stringify([{ title: 'the behavior tests', state: 'skipped' }]));
    }
    return undefined;
  }
}

const packages = await packagesUnlessSkipped();
if (packages) {
  const program = ['scripts/run-ts.mjs', 'test/behavior/behavior.ts', '--packages', packages];
  const options = args.filter((argument) => argument !== '--may-skip');
  const { status } = spawnSync(process.execPath, [...program, ...options], {
    stdio: 'inherit',
    env: { ...process.env, BEHAVIOR_PATIENCE: args.includes('--core') ? '3' : '1' },
  });
  process.exitCode = status ?? 1;
  // The fixes that keep the user's handler are proven beside the full handler, unless something else was asked for.
  const isAll = args.every((argument) => argument === '--may-skip');
  if (isAll) {
    const small = ['scripts/run-ts.mjs', 'test/behavior/small/prove.ts', packages];
    const run = spawnSync(process.execPath, small, { stdio: 'inherit' });
    process.exitCode ||= run.status ?? 1;
  }
}
