import type { GraceBudget } from '../project/deployments/budgets.ts';
import type { LinkedDeployment } from '../project/project.ts';
import type { Source } from './timeline.ts';

/** Where a drain's number comes from: what sets its variable, and the place in the code that reads it. */
export function drainSources(
  drain: NonNullable<GraceBudget['drain']>,
  deployment: LinkedDeployment | undefined,
): Source[] {
  const { variable, setBy, path, range } = drain;
  const inCode = { path, range };
  if (variable === undefined) {
    return [{ text: drain.kind === 'deadline' ? 'forced exit' : 'time limit', at: inCode }];
  }
  if (setBy)
    return [
      { text: variable, at: setBy.at },
      { text: 'used', at: inCode },
    ];
  const { stage, dockerfile } = deployment ?? {};
  if (stage?.env.has(variable) && dockerfile) {
    return [
      { text: `${variable} of the image`, at: { path: dockerfile.file.path, range: stage.range } },
      { text: 'used', at: inCode },
    ];
  }
  return [{ text: `default of ${variable}`, at: inCode }];
}
