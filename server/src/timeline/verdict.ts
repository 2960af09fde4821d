import { leftMs } from '../project/deployments/budgets.ts';
import { inSeconds } from '../project/deployments/durations.ts';
import type { Plan } from './plan.ts';
import type { Segment, Verdict } from './timeline.ts';

/**
 * Whether preStop and drain fit, by the same measure as the rule `grace-period-too-short`.
 * @param reaction what the handler does, whatever its times are: where it drops calls, nothing is gained by a good fit
 */
export function verdictOf(plan: Plan, segments: readonly Segment[], reaction: Verdict): Verdict {
  const verdict = fitOf(plan, segments, reaction);
  return verdict.kind === 'fits' && reaction.kind === 'no-drain' ? reaction : verdict;
}

/** Whether what is waited for may be the calls: other waits are for a flush or the like. */
export function waitsForCalls({ kind }: NonNullable<Plan['drain']>, reaction: Verdict): boolean {
  return kind === 'wait' && reaction.kind !== 'no-drain';
}

function fitOf(plan: Plan, segments: readonly Segment[], reaction: Verdict): Verdict {
  const left = leftMs(plan);
  const end = plan.drain?.kind === 'deadline' ? 'forced exit' : 'drain';
  if (left === undefined) {
    return { kind: 'unknown', text: `How long ${plan.stoppedBy} waits before SIGKILL is not known.` };
  }
  if (left < 0) {
    const isDrain = plan.drain && waitsForCalls(plan.drain, reaction);
    const what =
      end === 'forced exit' ? 'the forced exit' : isDrain ? 'the drain ends' : 'the shutdown is over';
    const before = `SIGKILL comes ${inSeconds(-left)} before ${what}`;
    return { kind: 'cut', text: `${before}, and drops the tool calls that are still running.` };
  }
  if (left < plan.marginMs) return { kind: 'tight', text: tightText(left, plan) };
  const overrun = segments.find(({ kind }) => kind === 'overrun');
  if (overrun) {
    const late = `the forced exit would come ${inSeconds(overrun.ms ?? 0)} after SIGKILL`;
    return {
      kind: 'fits',
      text: `The drain fits, with ${inSeconds(left)} for closing and flushing; ${late}.`,
    };
  }
  return {
    kind: 'fits',
    text: `${end === 'drain' ? 'The drain ends' : 'The forced exit comes'} ${inSeconds(left)} before SIGKILL.`,
  };
}

function tightText(left: number, { drain, marginMs }: Plan): string {
  if (drain?.kind === 'deadline') {
    const when = left === 0 ? 'only with SIGKILL' : `only ${inSeconds(left)} before SIGKILL`;
    return `The forced exit comes ${when}: it should come ${inSeconds(marginMs)} before.`;
  }
  const rest = left === 0 ? 'no time' : `only ${inSeconds(left)}`;
  return `Closing and flushing have ${rest} before SIGKILL: it should be ${inSeconds(marginMs)}.`;
}
