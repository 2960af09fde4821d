import type { Fix } from '../../engine/types.ts';
import type { GraceBudget } from '../../project/deployments/budgets.ts';
import { inSeconds } from '../../project/deployments/durations.ts';
import { platforms } from '../../project/deployments/platforms.ts';
import type { Project } from '../../project/project.ts';
import { setKey } from './setKey.ts';

/** Shorter drains are none. In ms. */
const leastDrainMs = 1_000;

/** What repairs a grace period that is too short: a longer period, or a shorter drain where the platform has no more. */
export function periodFixes(project: Project, budget: GraceBudget, ruleId: string): Fix[] {
  const longer = longerPeriod(project, budget, ruleId);
  return [longer ?? shorterDrain(project, budget, ruleId)].filter((fix) => fix !== undefined);
}

/** The period that a budget needs, in whole seconds and as the platform writes it. */
export function neededPeriod({ neededMs = 0, deployment }: GraceBudget): { seconds: number; text: string } {
  const seconds = Math.ceil(neededMs / 1_000);
  const texts = { seconds: `${seconds}`, milliseconds: `${seconds * 1_000}`, duration: `${seconds}s` };
  return { seconds, text: texts[platforms[deployment.platform].unit] };
}

/** The parts of what a budget needs: `preStop 5 s + drain 30 s + 5 s buffer`. */
export function sumOf({ preStop, drain, bufferMs }: GraceBudget): string {
  const name = drain?.kind === 'deadline' ? 'forced exit after' : 'drain';
  return [
    ...(preStop ? [`preStop ${inSeconds(preStop.ms)}`] : []),
    ...(drain ? [`${name} ${inSeconds(drain.ms)}`] : []),
    `${inSeconds(bufferMs)} buffer`,
  ].join(' + ');
}

/** The period that a budget needs, set where it stands; `undefined` where the platform or the file does not take it. */
export function longerPeriod(project: Project, budget: GraceBudget, ruleId: string): Fix | undefined {
  const { key, maxMs = Number.POSITIVE_INFINITY } = platforms[budget.deployment.platform];
  const { seconds, text } = neededPeriod(budget);
  if (!key || seconds * 1_000 > maxMs) return undefined;
  const { setAt, holder } = budget.period;
  const wanted = { key, value: text, quotedValue: `${seconds}s`, comment: sumOf(budget) };
  const edits = setKey(project, setAt, holder, wanted);
  return edits && { ruleId, title: `Set ${key} to ${text}`, isSafe: true, isPreferred: true, edits };
}

function shorterDrain(
  project: Project,
  { drain, period, preStop, bufferMs, deployment }: GraceBudget,
  ruleId: string,
): Fix | undefined {
  const maxMs = platforms[deployment.platform].key ? platforms[deployment.platform].maxMs : period.ms;
  if (!drain?.isPlain || drain.setBy || maxMs === undefined) return undefined;
  const ms = maxMs - (preStop?.ms ?? 0) - bufferMs;
  const before = project.files.get(drain.path)?.text.slice(drain.range.start, drain.range.end);
  if (ms < leastDrainMs || ms >= drain.ms || before === undefined || !/^[\d_]+$/.test(before))
    return undefined;
  const digits = before.includes('_') ? String(ms).replace(/\B(?=(\d{3})+$)/g, '_') : String(ms);
  const what = drain.kind === 'deadline' ? 'Force the exit' : 'Wait at most';
  const title = `${what}${drain.kind === 'deadline' ? ' after' : ''} ${inSeconds(ms)}`;
  const edits = new Map([[drain.path, [{ ...drain.range, newText: digits }]]]);
  return { ruleId, title, isSafe: false, isPreferred: true, edits };
}
