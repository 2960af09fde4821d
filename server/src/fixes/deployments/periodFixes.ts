import type { Fix } from '../../engine/types.ts';
import type { GraceBudget } from '../../project/deployments/budgets.ts';
import type { Place } from '../../project/deployments/deployment.ts';
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

/** A shorter drain, and with it the longest period of the platform, where that is not set yet. */
function shorterDrain(project: Project, budget: GraceBudget, ruleId: string): Fix | undefined {
  const { drain, period, preStop, bufferMs, deployment } = budget;
  const { key, maxMs } = platforms[deployment.platform];
  const wholeMs = key ? maxMs : period.ms;
  const number = drain && drainNumber(project, drain);
  if (!number || wholeMs === undefined) return undefined;
  const ms = wholeMs - (preStop?.ms ?? 0) - bufferMs;
  if (ms < leastDrainMs || ms >= drain.ms) return undefined;
  const shortened = { ...budget, drain: { ...drain, ms }, neededMs: wholeMs };
  const isLonger = key !== undefined && period.ms !== undefined && period.ms < wholeMs;
  const longer = isLonger ? longerPeriod(project, shortened, ruleId) : undefined;
  if (isLonger && !longer) return undefined;
  const edits = new Map(longer?.edits);
  const { path, range, text } = number;
  const digits = text.includes('_') ? String(ms).replace(/\B(?=(\d{3})+$)/g, '_') : String(ms);
  edits.set(path, [...(edits.get(path) ?? []), { ...range, newText: digits }]);
  const what = drain.kind === 'deadline' ? 'Force the exit after' : 'Wait at most';
  const title = [`${what} ${inSeconds(ms)}`, ...(longer ? [longer.title.replace('Set', 'set')] : [])].join(
    ', ',
  );
  return { ruleId, title, isSafe: false, isPreferred: true, edits };
}

/** Where the drain's number stands as it is, in ms: in the code, or in what the deployment sets for its variable. */
function drainNumber(
  { files }: Project,
  { isPlain, setBy, path, range, ms }: NonNullable<GraceBudget['drain']>,
): (Place & { readonly text: string }) | undefined {
  const at = setBy?.at ?? { path, range };
  if (!setBy && !isPlain) return undefined;
  const written = files.get(at.path)?.text.slice(at.range.start, at.range.end) ?? '';
  const [, before = '', text = ''] =
    (setBy ? /^(.*?=|)["']?(\d+)["']?$/ : /^()([\d_]+)$/).exec(written) ?? [];
  if (text === '' || Number(text.replaceAll('_', '')) !== ms) return undefined;
  const start = at.range.start + written.indexOf(text, before.length);
  return { path: at.path, range: { start, end: start + text.length }, text };
}
