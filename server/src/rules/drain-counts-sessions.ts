import type { Rule } from '../engine/types.ts';
import { countCallsInstead } from '../fixes/shutdown/countCalls.ts';
import { type AssessedPath, assessed } from '../project/shutdown/assess.ts';
import { place, rangeOf, registration } from '../project/shutdown/places.ts';
import type { Drain } from '../project/shutdown/view.ts';

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
    fix: `*Wait for the calls instead* counts the POST requests that are not answered yet, where they come in, and lets the wait ask for that
number; new calls get 503 meanwhile. It is offered for Streamable HTTP with Express, Fastify, Hono, Koa and node:http, where the
wait and the routes stand in one file. It is not safe: sessions are no longer waited for.`,
  },

  check({ project, report }) {
    for (const one of assessed(project.servers)) {
      const wait = waitForSessions(one);
      if (wait?.subject.kind !== 'sessions') continue;
      const [condition = wait.step.spot] = wait.step.condition;
      const { added } = wait.subject;
      report({
        path: condition.path,
        range: rangeOf(condition),
        message: `On SIGTERM this waits until "${wait.subject.state.name}" is empty, but that holds sessions, and a session stays while its client is connected: ${costOf(wait, one)}. Count the tool calls in flight and wait for those.`,
        related: [
          place({ path: added.path, fn: added.fn, expr: added.at }, 'A session is added here.'),
          registration(one),
        ],
      });
    }
  },

  fixes(project, finding) {
    const one = assessed(project.servers).find((each) => {
      const wait = waitForSessions(each);
      const spot = wait && (wait.step.condition[0] ?? wait.step.spot);
      return spot?.path === finding.path && spot.expr.start === finding.range.start;
    });
    const wait = one && waitForSessions(one);
    return wait ? countCallsInstead(project, one, wait, finding.ruleId) : [];
  },
};

/** What an idle client does to the stop. */
function costOf({ step }: Drain, { path }: AssessedPath): string {
  return step.bound || path.view.deadlines.length > 0
    ? 'the wait always runs into its limit'
    : 'one idle client keeps the process from ending';
}

function waitForSessions({ judgement, path }: AssessedPath): Drain | undefined {
  if (judgement.kind === 'unknown') return undefined;
  return path.view.waits.find(({ subject, step }) => subject.kind === 'sessions' && step.isAwaited);
}
