import type { Plan } from './plan.ts';
import type { Source } from './timeline.ts';

/** Where a drain's number comes from: what sets its variable, and the place in the code that reads it. */
export function drainSources(
  drain: NonNullable<Plan['drain']>,
  { deployment, drainSettingMs }: Pick<Plan, 'deployment' | 'drainSettingMs'>,
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
  if (drain.ms === drainSettingMs) {
    return [
      { text: 'drain timeout of the settings', at: undefined },
      { text: variable, at: inCode },
    ];
  }
  return [{ text: `default of ${variable}`, at: inCode }];
}
