import type { Rule } from '../engine/types.ts';
import { sumOf } from '../fixes/deployments/periodFixes.ts';
import { type GraceBudget, graceBudgets } from '../project/deployments/budgets.ts';
import { inSeconds } from '../project/deployments/durations.ts';
import type { Project } from '../project/project.ts';

/** So much more than is needed, in ms, and so many times as much. */
const surplusMs = 60_000;
const surplusFactor = 3;

export const gracePeriodUnused: Rule = {
  id: 'grace-period-unused',
  severity: 'hint',
  docs: {
    summary: 'The grace period is much longer than anything the server uses of it.',
    what: `Reports a grace period that a deployment file sets to at least three times what every linked server needs (preStop + drain
timeout + 5 s), and to at least a minute more than that.

Not reported: the platform's default; servers without a drain timeout that is known; deployments that cannot be led to a
server of the workspace.`,
    why: `Only a server that hangs uses such a period: it is then killed minutes later than it could be, and a rollout or a node's
drain waits for it. It may also mean that the drain timeout was meant to be longer: a call that takes longer than that is
dropped, though the platform would have waited.`,
    fix: 'None: whether the period is too long or the drain timeout too short is for a person to say.',
  },

  check({ project, report }) {
    for (const budget of unusedPeriods(project)) {
      const { period, neededMs = 0, drain } = budget;
      if (!period.setAt || !drain) continue;
      report({
        ...period.setAt,
        message: `Nothing uses this period: ${sumOf(budget)} = ${inSeconds(neededMs)}, and only a server that hangs is still there after ${inSeconds(period.ms ?? 0)}. Shorten it, or let the server wait longer for its calls.`,
        related: [
          {
            path: drain.path,
            range: drain.range,
            message: `The server takes ${inSeconds(drain.ms)} at most.`,
          },
        ],
      });
    }
  },
};

/** For each place that sets a period, the budget that needs most of it, where even that is far too much. */
function unusedPeriods(project: Project): GraceBudget[] {
  const byPlace = new Map<string, GraceBudget[]>();
  for (const budget of graceBudgets(project)) {
    const { setAt } = budget.period;
    if (!setAt) continue;
    const key = `${setAt.path}#${setAt.range.start}`;
    byPlace.set(key, [...(byPlace.get(key) ?? []), budget]);
  }
  return [...byPlace.values()].flatMap((budgets) => {
    const [most] = budgets.sort((a, b) => needOf(b) - needOf(a));
    return most && isUnused(most) ? [most] : [];
  });
}

/** What is not known may be anything. */
function needOf({ neededMs }: GraceBudget): number {
  return neededMs ?? Number.POSITIVE_INFINITY;
}

function isUnused({ period, neededMs }: GraceBudget): boolean {
  if (period.ms === undefined || neededMs === undefined) return false;
  return period.ms >= neededMs * surplusFactor && period.ms >= neededMs + surplusMs;
}
