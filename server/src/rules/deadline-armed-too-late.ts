import type { Rule } from '../engine/types.ts';
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
    fix: 'No fix is offered yet: move the timer to the start of the handler.',
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
};
