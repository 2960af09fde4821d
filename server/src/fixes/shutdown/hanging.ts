import { beginsBefore } from '../../project/shutdown/order.ts';
import type { Step } from '../../project/shutdown/steps.ts';
import type { PathView } from '../../project/shutdown/view.ts';

/** The first step of a path that waits without a limit: the one given, or an earlier wait or clean-up. */
export function firstToHang(view: PathView, given: Step): Step {
  const waits = view.waits.flatMap(({ step, subject }) =>
    step.isAwaited && !step.bound && subject.kind !== 'flag' ? [step] : [],
  );
  const cleanups = view.cleanups.flatMap(({ step, effect }) =>
    step.isAwaited && !step.bound && !(effect.kind === 'closes-mcp' && effect.what === 'the transport')
      ? [step]
      : [],
  );
  return [...waits, ...cleanups].reduce<Step>(
    (first, step) => (!step.isOnError && beginsBefore(step, first) ? step : first),
    given,
  );
}
