import { rmSync } from 'node:fs';
import { NoFixError } from './applyFix.ts';
import type { Case } from './cases.ts';
import {
  applyGolden,
  applyProductFix,
  applySnippet,
  buildServer,
  copyOf,
  type Target,
  typeErrors,
} from './prepare.ts';
import { type ClientSdk, loadClient } from './run/clients.ts';
import { Launcher } from './run/start.ts';
import { controlScenario, undisturbedScenario } from './scenarios/index.ts';
import { NotPermittedError, type Scenario } from './scenarios/scenario.ts';

/** How one cell of the matrix came out. */
export interface Outcome {
  readonly state: 'passed' | 'failed' | 'skipped' | 'not applicable';
  readonly detail?: string;
}

export interface CaseResult {
  readonly of: Case;
  /** Where the fixed server came from. */
  readonly source: Source;
  /** By column. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
}

/** The product's fix, its snippet, a fixed server written by hand, or no fix at all. */
export type Source = 'product' | 'snippet' | 'golden' | 'unsafe';

export interface ProveOptions {
  /** The node_modules with the pinned packages. */
  readonly installed: string;
  /** Where there is no product fix yet, a golden server is taken if there is one. */
  readonly source: Source;
  /** Of the code action. */
  readonly title: RegExp;
  /** Whether the copies of the server are left behind, and named. */
  readonly keep: boolean;
}

/** The columns before the scenarios. */
export const preparation = ['fix', 'types', 'control'] as const;

/** Scenarios of one server that run at the same time; they mostly wait. */
const atOnce = 3;

/** Fixes one unsafe server and runs the scenarios on what comes out. */
export async function proveCase(
  of: Case,
  scenarios: readonly Scenario[],
  options: ProveOptions,
): Promise<CaseResult> {
  const outcomes = new Map<string, Outcome>();
  const unsafe = copyOf(of, options.installed);
  const fixed = copyOf(of, options.installed);
  const note = (column: string, outcome: Outcome) => {
    outcomes.set(column, outcome);
    report(of, column, outcome);
  };
  let source = options.source;
  try {
    const unsafeTypes = await typeErrors(unsafe, of);
    if (unsafeTypes) throw new Error(`the unsafe server does not pass tsc --strict:\n${unsafeTypes}`);
    const sdk = await loadClient(of.sdk, options.installed);
    source = await fix(of, fixed, options, note);
    const errors = source === 'unsafe' ? '' : await typeErrors(fixed, of);
    note('types', errors ? { state: 'failed', detail: errors } : { state: 'passed' });
    await control(await buildServer(of, unsafe, options.installed), scenarios, sdk, note);
    await runAll(await buildServer(of, fixed, options.installed), scenarios, sdk, note);
  } catch (error) {
    note('fix', { state: 'failed', detail: (error as Error).message });
  } finally {
    if (options.keep) console.log(`${of.name}: ${fixed} (unsafe: ${unsafe})`);
    else for (const folder of [unsafe, fixed]) rmSync(folder, { recursive: true, force: true });
  }
  return { of, source, outcomes };
}

type Note = (column: string, outcome: Outcome) => void;

async function fix(of: Case, folder: string, options: ProveOptions, note: Note): Promise<Source> {
  if (options.source === 'unsafe') return 'unsafe';
  if (of.snippet) {
    applySnippet(of, folder);
    note('fix', { state: 'passed' });
    return 'snippet';
  }
  if (options.source === 'product') {
    try {
      const problem = await applyProductFix(of, folder, options.title);
      note('fix', problem ? { state: 'failed', detail: problem } : { state: 'passed' });
      return 'product';
    } catch (error) {
      if (!(error instanceof NoFixError) || !of.golden) throw error;
      note('fix', { state: 'failed', detail: `${error.message}; the hand-written server is run` });
    }
  }
  applyGolden(of, folder);
  return 'golden';
}

/** The unsafe server has to answer while it is let run and to fail when stopped, or the scenarios prove nothing. */
async function control(target: Target, scenarios: readonly Scenario[], sdk: ClientSdk, note: Note) {
  const scenario = scenarios.find(({ name }) => name === controlScenario);
  if (!scenario) return;
  const undisturbed = await attempt(undisturbedScenario, target, sdk);
  const stopped = await attempt(scenario, target, sdk);
  const detail = `${controlScenario} passes without the fix`;
  if (undisturbed.state !== 'passed') note('control', undisturbed);
  else note('control', stopped.state === 'failed' ? { state: 'passed' } : { state: 'failed', detail });
}

async function runAll(target: Target, scenarios: readonly Scenario[], sdk: ClientSdk, note: Note) {
  const waiting = [...scenarios];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const reason = target.of.skip?.[next.name];
      if (reason) note(next.name, { state: 'skipped', detail: reason });
      else if (!next.applies(target.of)) note(next.name, { state: 'not applicable' });
      else note(next.name, await attempt(next, target, sdk));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

/** Runs one scenario on a server of its own; what it leaves running is ended. */
export async function attempt(scenario: Scenario, target: Target, sdk: ClientSdk): Promise<Outcome> {
  const launcher = new Launcher(target, sdk);
  try {
    await scenario.run(launcher);
    return { state: 'passed' };
  } catch (error) {
    if (error instanceof NotPermittedError) return { state: 'skipped', detail: error.message };
    const log = launcher.log().trim().split('\n').slice(-30).join('\n    ');
    return { state: 'failed', detail: `${(error as Error).message}\n    ${log}` };
  } finally {
    await launcher.stop();
  }
}

function report(of: Case, column: string, { state, detail }: Outcome): void {
  if (state === 'not applicable') return;
  const mark = { passed: 'ok     ', failed: 'FAILED ', skipped: 'SKIPPED' }[state];
  console.log(`${mark} ${of.name} ${column}${detail ? `: ${detail}` : ''}`);
}
