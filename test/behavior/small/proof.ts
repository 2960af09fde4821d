import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { check } from '../../../server/src/engine/check.ts';
import { fixesOf } from '../../../server/src/engine/fixAll.ts';
import { openProject } from '../../../server/src/engine/openProject.ts';
import { severities } from '../../../server/src/engine/types.ts';
import { nodeFileSystem } from '../../../server/src/nodeFileSystem.ts';
import { Workspace } from '../../../server/src/project/workspace.ts';
import { rules } from '../../../server/src/rules/index.ts';
import { applyEdits } from '../../../server/src/text/edits.ts';
import { loadClient } from '../run/clients.ts';
import { Launcher } from '../run/start.ts';
import type { Observed, SmallScenario } from './scenario.ts';
import { dependenciesOf, type ShapeName, serverText, shapes } from './shapes.ts';

/** One cell of the table. */
export interface SmallProof {
  readonly scenario: SmallScenario;
  readonly shape: ShapeName;
  /** What is wrong; `undefined`: it is proven. */
  problem: string | undefined;
  /** What was seen without and with the fix. */
  seen: string;
}

/**
 * Writes a server, runs its scenario, has the product fix it, and runs the scenario again.
 *
 * @param root a folder above which nothing is looked at, with a node_modules for all servers
 * @param installed the node_modules with the pinned packages
 */
export async function prove(
  scenario: SmallScenario,
  shape: ShapeName,
  root: string,
  installed: string,
): Promise<SmallProof> {
  const proof: SmallProof = { scenario, shape, problem: undefined, seen: '' };
  try {
    const name = `${scenario.name}.${shape.replace('.', '-')}`;
    const unsafe = write(join(root, name, 'before'), shape, scenario);
    const fixed = write(join(root, name, 'after'), shape, scenario);
    const before = await observe(unsafe, scenario, shape, installed);
    proof.problem = await fix(fixed, scenario);
    const after = await observe(fixed, scenario, shape, installed);
    proof.seen = `before ${JSON.stringify(before)}\n       after  ${JSON.stringify(after)}`;
    if (!scenario.isBad(before)) proof.problem ??= 'the server is not bad without the fix';
    if (!scenario.isGood(after)) proof.problem ??= 'the server is not good with the fix';
  } catch (error) {
    proof.problem ??= (error as Error).message;
  }
  return proof;
}

const isTypeScript = (shape: ShapeName) => shape.endsWith('.ts');

function write(folder: string, shape: ShapeName, { name }: SmallScenario): string {
  const program = isTypeScript(shape) ? 'dist/server.js' : 'src/server.js';
  mkdirSync(join(folder, 'src'), { recursive: true });
  const manifest = { name: 'small', version: '1.0.0', type: 'module', bin: program };
  const dependencies = dependenciesOf(shape);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, dependencies }, null, 2));
  writeFileSync(join(folder, 'src', `server.${shape.slice(-2)}`), serverText(shape, name));
  if (isTypeScript(shape)) {
    const compilerOptions = { rootDir: 'src', outDir: 'dist', strict: true, experimentalDecorators: true };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['src'] }));
  }
  return folder;
}

/** Takes the fix of the rule's first finding; tells what is wrong with it. */
async function fix(folder: string, { rule, title }: SmallScenario): Promise<string | undefined> {
  const open = () => openProject(new Workspace(nodeFileSystem), folder, {}, false);
  const project = await open();
  const { findings } = check(project, rules);
  const finding = findings.find(({ ruleId }) => ruleId === rule);
  if (!finding) return `no finding of ${rule}`;
  const fixes = await fixesOf(project, finding, rules);
  const chosen = fixes.find((each) => (title ? title.test(each.title) : each.isPreferred));
  if (!chosen) return `no such fix: ${fixes.map((each) => each.title).join(', ') || 'none'}`;
  for (const [path, edits] of chosen.edits)
    writeFileSync(path, applyEdits(project.files.get(path)?.text ?? '', edits));
  const left = check(await open(), rules).findings;
  if (left.some(({ ruleId }) => ruleId === rule)) return 'the finding is still there';
  // What is less grave may have been hidden by what was fixed.
  const isNew = left.find(
    ({ ruleId, severity }) =>
      severities.indexOf(severity) <= severities.indexOf(finding.severity) &&
      !findings.some((each) => each.ruleId === ruleId),
  );
  return isNew ? `new: ${isNew.ruleId}: ${isNew.message}` : undefined;
}

async function observe(
  folder: string,
  scenario: SmallScenario,
  shape: ShapeName,
  installed: string,
): Promise<Observed> {
  const { title, transport, sdk } = shapes[shape];
  const entry = `src/server.${shape.slice(-2)}`;
  const program = await built(folder, entry);
  const of = { name: scenario.name, title, transport, sdk, entry, folder, golden: undefined };
  const launcher = new Launcher({ of, folder, program }, await loadClient(sdk, installed));
  try {
    return await scenario.run(launcher);
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${launcher.log()}`);
  } finally {
    await launcher.stop();
  }
}

/** The program for node: TypeScript is stripped of its types. */
async function built(folder: string, entry: string): Promise<string> {
  if (!entry.endsWith('.ts')) return join(folder, entry);
  const { code } = await transform(readFileSync(join(folder, entry), 'utf8'), {
    loader: 'ts',
    target: 'node20',
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
  });
  mkdirSync(join(folder, 'dist'), { recursive: true });
  const program = join(folder, 'dist/server.js');
  writeFileSync(program, code);
  return program;
}
