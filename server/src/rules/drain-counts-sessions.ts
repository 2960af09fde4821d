import type { Rule } from '../engine/types.ts';
import { assessed } from '../project/shutdown/assess.ts';
import { place, rangeOf, registration } from '../project/shutdown/places.ts';

export const drainCountsSessions: Rule = {
  id: 'drain-counts-sessions',
  severity: 'warning',
  docs: {
    summary: 'The SIGTERM handler waits for sessions to end, not for the calls in flight.',
    what: `Reports a wait in a SIGTERM handler that is over when a map, set or list of sessions is empty: what is put into it is a
transport, an MCP server, or an object that holds one.`,
    why: `A session stays for as long as its client is connected, whether it is calling a tool or not: clients do not leave because
a server wants to stop. So the wait always runs into its limit, every stop takes that long, and a call that begins meanwhile
is cut off all the same. Calls end by themselves: count those.`,
    fix: 'No fix is offered yet: count the tool calls, and wait for them.',
  },

  check({ project, report }) {
    for (const one of assessed(project.servers)) {
      if (one.judgement.kind === 'unknown') continue;
      const wait = one.path.view.waits.find(
        ({ subject, step }) => subject.kind === 'sessions' && step.isAwaited,
      );
      if (wait?.subject.kind !== 'sessions') continue;
      const [condition = wait.step.spot] = wait.step.condition;
      const { added } = wait.subject;
      report({
        path: condition.path,
        range: rangeOf(condition),
        message: `On SIGTERM this waits until "${wait.subject.state.name}" is empty, but that holds sessions, and a session stays while its client is connected: the wait always runs into its limit. Count the tool calls in flight and wait for those.`,
        related: [
          place({ path: added.path, fn: added.fn, expr: added.at }, 'A session is added here.'),
          registration(one),
        ],
      });
    }
  },
};
