// npm run test:behavior: unsafe servers, fixed by the light bulb, then run and stopped. See test/behavior.
//
//   node scripts/behavior.mjs [--case NAME]... [--scenario NAME]... [--golden] [--unsafe] [--core] [--keep] [--mutants]
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { installedPackages } from './behaviorPackages.mjs';

const root = resolve(import.meta.dirname, '..');
process.chdir(root);
const packages = await installedPackages('test/behavior/packages');
const program = ['scripts/run-ts.mjs', 'test/behavior/behavior.ts', '--packages', packages];
const { status } = spawnSync(process.execPath, [...program, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exitCode = status ?? 1;
