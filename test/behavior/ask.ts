import type { Case } from './cases.ts';
import { type Target, typeErrors } from './prepare.ts';
import type { ClientSdk } from './run/clients.ts';
import { Launcher } from './run/start.ts';
import { NotPermittedError, type Scenario } from './scenarios/scenario.ts';

/** How one cell of the matrix came out. */
export interface Outcome {
  readonly state: 'passed' | 'failed' | 'skipped' | 'not applicable';
  readonly detail?: string;
}

/** Keeps how a question of a server came out. */
export type Note = (column: string, outcome: Outcome) => void;

/** Scenarios of one server that run at the same time; they mostly wait. */
const atOnce = 3;

/** Whether a server passes a strict type-check. */
export async function checkTypes(of: Case, folder: string, note: Note): Promise<void> {
  const errors = await typeErrors(folder, of);
  note('types', errors ? { state: 'failed', detail: errors } : { state: 'passed' });
}

/** Runs the scenarios that apply to a server. */
export async function askAll(target: Target, scenarios: readonly Scenario[], sdk: ClientSdk, note: Note) {
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
