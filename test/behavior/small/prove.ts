// Proves the fixes that keep the user's handler: each server is run as it is and fixed, and stopped both times.
//
//   node scripts/run-ts.mjs test/behavior/small/prove.ts NODE_MODULES [RULE]...
import { spawn } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { check } from '../../../server/src/engine/check.ts';
import { fixesOf } from '../../../server/src/engine/fixAll.ts';
import { openProject } from '../../../server/src/engine/openProject.ts';
import { nodeFileSystem } from '../../../server/src/nodeFileSystem.ts';
import { Workspace } from '../../../server/src/project/workspace.ts';
import { rules } from '../../../server/src/rules/index.ts';
import { applyEdits } from '../../../server/src/text/edits.ts';
import { RunningSmall } from './running.ts';
import { type Observed, scenarios } from './scenarios.ts';

const [packages = '', ...chosen] = process.argv.slice(2);
const root = resolve('test/behavior/small');
const names = Object.keys(scenarios).filter((name) => chosen.length === 0 || chosen.includes(name));

let failed = 0;
for (const name of names) {
  const parent = mkdtempSync(join(tmpdir(), 'small-'));
  // The packages lie above what is checked, as those of a workspace do.
  const folder = join(parent, 'server');
  try {
    mkdirSync(folder);
    prepare(folder, name);
    const before = await observe(folder, name);
    const problem = await fix(folder, name);
    const after = await observe(folder, name);
    const scenario = scenarios[name];
    const isProven = problem === undefined && scenario?.isBad(before) && scenario.isGood(after);
    if (!isProven) failed += 1;
    console.log(`${isProven ? 'ok    ' : 'FAILED'} ${name}${problem ? `: ${problem}` : ''}`);
    console.log(`         before: ${JSON.stringify(before)}\n         after:  ${JSON.stringify(after)}`);
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
}
process.exit(failed > 0 ? 1 : 0);

function prepare(folder: string, name: string): void {
  const handler = readFileSync(join(root, 'handlers', `${name}.js`), 'utf8');
  writeFileSync(join(folder, 'server.js'), readFileSync(join(root, 'server.js'), 'utf8') + handler);
  const dependencies = { '@modelcontextprotocol/sdk': '*', express: '*', pg: '*', zod: '*' };
  const manifest = { name: 'notes', version: '1.0.0', type: 'module', bin: 'server.js', dependencies };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  mkdirSync(join(folder, '../node_modules'));
  for (const each of readdirSync(packages).filter((entry) => !entry.startsWith('.')))
    symlinkSync(join(packages, each), join(folder, '../node_modules', each));
  cpSync(resolve('test/behavior/fakes/pg'), join(folder, '../node_modules/pg'), { recursive: true });
}

/** Takes the rule's preferred fix; tells what is wrong with it. */
async function fix(folder: string, ruleId: string): Promise<string | undefined> {
  const open = () => openProject(new Workspace(nodeFileSystem), folder, {}, false);
  const project = await open();
  const finding = check(project, rules).findings.find((each) => each.ruleId === ruleId);
  if (!finding) return 'no finding';
  const preferred = (await fixesOf(project, finding, rules)).find(({ isPreferred }) => isPreferred);
  if (!preferred) return 'no fix';
  for (const [path, edits] of preferred.edits)
    writeFileSync(path, applyEdits(project.files.get(path)?.text ?? '', edits));
  const left = check(await open(), rules).findings.some((each) => each.ruleId === ruleId);
  return left ? 'the finding is still there' : undefined;
}

async function observe(folder: string, name: string): Promise<Observed> {
  const { env, run } = scenarios[name] ?? { env: {}, run: () => Promise.reject(new Error(name)) };
  const child = spawn(process.execPath, ['server.js'], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const server = new RunningSmall(child);
  try {
    return await run(server);
  } finally {
    child.kill('SIGKILL');
  }
}
