import { rmSync } from 'node:fs';
import { NoFixError } from './applyFix.ts';
import { askAll, attempt, checkTypes, type Note, type Outcome } from './ask.ts';
import type { Case } from './cases.ts';
import { inModule, proveModule } from './moduleShape.ts';
import {
  applyGolden,
  applyProductFix,
  applySnippet,
  buildServer,
  copyOf,
  type Target,
  textsIn,
  typeErrors,
} from './prepare.ts';
import { type ClientSdk, loadClient } from './run/clients.ts';
import { controlScenario, undisturbedScenario } from './scenarios/index.ts';
import type { Scenario } from './scenarios/scenario.ts';

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
  /** Whether the other shape of the fix is proven too: a module beside the entry. */
  readonly withModule: boolean;
}

/** The columns before the scenarios. */
export const preparation = ['fix', 'types', 'control'] as const;

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
    if (source !== 'unsafe') await checkTypes(of, fixed, note);
    const texts = textsIn(fixed);
    await control(await buildServer(of, unsafe, options.installed), scenarios, sdk, note);
    await askAll(await buildServer(of, fixed, options.installed), scenarios, sdk, note);
    if (source === 'product' && options.withModule) {
      const noteModule: Note = (column, outcome) => note(inModule(column), outcome);
      const proven = { texts, outcomes };
      await proveModule(of, proven, scenarios, sdk, options.installed, noteModule);
    }
  } catch (error) {
    note('fix', { state: 'failed', detail: (error as Error).message });
  } finally {
    if (options.keep) console.log(`${of.name}: ${fixed} (unsafe: ${unsafe})`);
    else for (const folder of [unsafe, fixed]) rmSync(folder, { recursive: true, force: true });
  }
  return { of, source, outcomes };
}

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

function report(of: Case, column: string, { state, detail }: Outcome): void {
  if (state === 'not applicable') return;
  const mark = { passed: 'ok     ', failed: 'FAILED ', skipped: 'SKIPPED' }[state];
  console.log(`${mark} ${of.name} ${column}${detail ? `: ${detail}` : ''}`);
}
