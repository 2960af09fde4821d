import type { Rule } from '../engine/types.ts';
import { armEarlier } from '../fixes/shutdown/lateDeadline.ts';
import { assessed } from '../project/shutdown/assess.ts';
import { lateDeadline } from '../project/shutdown/limits.ts';
import { headOf, place, registration } from '../project/shutdown/places.ts';

export const deadlineArmedTooLate: Rule = {
  id: 'deadline-armed-too-late',
  severity: 'warning',
  docs: {
    summary: 'The timer that forces the exit is armed after a step that can hang.',
    what: `Reports a \`setTimeout\` that exits, in a SIGTERM handler, where the handler has already awaited the close of a server,
transport, listener or resource, or a wait for calls, that nothing else limits.

Not reported: a second timer behind one that was armed in time, and a timer behind a step that is itself raced with one.`,
    why: `The timer is there for the case that a step never ends. If that step stands before it, the timer is never armed, and
the process stays up until the platform kills it.`,
    fix: `*Arm the timer before what may hang* moves the timer's lines, with their comments, in front of the first step that waits
without a limit; a wait for calls that has a limit of its own stays before it, so that the timer does not cut it short. It is
safe where nothing but clean-up is passed. Where the first such step is a wait for calls without any limit, the timer limits
that as well, which a person decides. It is offered where both stand in one block.`,
  },

  check({ project, report }) {
    for (const one of assessed(project.servers)) {
      const late = lateDeadline(one.path.view);
      if (one.judgement.kind === 'unknown' || !late) continue;
      report({
        path: late.deadline.timer.spot.path,
        range: headOf(late.deadline.timer.spot),
        message:
          'This timer is to force the exit, but it is armed only after something that may hang has been awaited: if that never ends, neither does the process. Arm it first.',
        related: [place(late.awaited.spot, 'This is awaited before.'), registration(one)],
      });
    }
  },

  fixes(project, finding) {
    const one = assessed(project.servers).find(({ path: { view } }) => {
      const spot = lateDeadline(view)?.deadline.timer.spot;
      return spot?.path === finding.path && spot.expr.start === finding.range.start;
    });
    return one ? armEarlier(project, one.path.view, finding.ruleId) : [];
  },
};
