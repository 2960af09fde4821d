// npm run test:behavior: unsafe servers, fixed by the light bulb, then run and stopped. See test/behavior.
//
//   node scripts/behavior.mjs [--case NAME]... [--scenario NAME]... [--golden] [--unsafe] [--core] [--keep] [--mutants]
//   node scripts/behavior.mjs --small [NAME | SHAPE]... [--keep]
//
//   --small          only the fixes that keep the handler, of those names or on those shapes of server
//   --core           a few servers and the most telling scenarios, with patience for a busy machine
//   --results FILE   what passed and failed, as JSON
//   --may-skip       where the packages cannot be had, and CI is not "true": say so and succeed
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  const isCore = args.includes('--core');
  const isSmall = args.includes('--small');
  const options = args.filter((argument) => !['--may-skip', '--small'].includes(argument));
  const results = args.includes('--results') ? args[args.indexOf('--results') + 1] : undefined;
  if (isSmall) run('test/behavior/small/prove.ts', options);
  else run('test/behavior/behavior.ts', options);
  // The fixes that keep the user's handler are proven beside the full handler, unless something else was asked for.
  if (!isSmall && (isCore || options.length === 0)) {
    const [own, part] = [isCore ? ['--core'] : [], `${results}.small`];
    run('test/behavior/small/prove.ts', [...own, ...(results ? ['--results', part] : [])]);
    if (results) append(results, part);
  }
}

/** Runs a program with the packages. */
function run(program, options) {
  const { status } = spawnSync(
    process.execPath,
    ['scripts/run-ts.mjs', program, '--packages', packages, ...options],
    {
      stdio: 'inherit',
      env: { ...process.env, BEHAVIOR_PATIENCE: args.includes('--core') ? '3' : '1' },
    },
  );
  process.exitCode ||= status ?? 1;
}

/** Puts the results of one file behind those of another. */
function append(file, other) {
  const all = [file, other].flatMap((each) =>
    existsSync(each) ? JSON.parse(readFileSync(each, 'utf8')) : [],
  );
  writeFileSync(file, JSON.stringify(all, null, 2));
  rmSync(other, { force: true });
}
