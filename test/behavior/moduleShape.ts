import { rmSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { askAll, checkTypes, type Note, type Outcome } from './ask.ts';
import type { Case } from './cases.ts';
import { applyProductFix, buildServer, copyOf, textsIn } from './prepare.ts';
import type { ClientSdk } from './run/clients.ts';
import { moduleScenarios } from './scenarios/index.ts';
import type { Scenario } from './scenarios/scenario.ts';

/** The column in which a question of the module shape stands. */
export const inModule = (column: string) => `module ${column}`;
const moduleTitle = /as a module of its own$/;

/** The columns of the module shape. */
export const moduleColumns: readonly string[] = ['fix', 'types', ...moduleScenarios].map(inModule);

/** The module beside the entry: what it has in common with the proven shape is asked again, unless it is that shape. */
export async function proveModule(
  of: Case,
  proven: { readonly texts: Record<string, string>; readonly outcomes: ReadonlyMap<string, Outcome> },
  scenarios: readonly Scenario[],
  sdk: ClientSdk,
  installed: string,
  note: Note,
): Promise<void> {
  const chosen = scenarios.filter(({ name }) => moduleScenarios.includes(name));
  const reason = of.skip?.module;
  if (chosen.length === 0) return;
  if (reason) return note('fix', { state: 'skipped', detail: reason });
  const folder = copyOf(of, installed);
  try {
    const problem = await applyProductFix(of, folder, moduleTitle);
    if (isDeepStrictEqual(textsIn(folder), proven.texts)) {
      for (const column of ['fix', 'types', ...chosen.map(({ name }) => name)])
        note(column, proven.outcomes.get(column) ?? { state: 'not applicable' });
      return;
    }
    note('fix', problem ? { state: 'failed', detail: problem } : { state: 'passed' });
    await checkTypes(of, folder, note);
    await askAll(await buildServer(of, folder, installed), chosen, sdk, note);
  } catch (error) {
    note('fix', { state: 'failed', detail: (error as Error).message });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
