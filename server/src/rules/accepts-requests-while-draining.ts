import type { RelatedLocation, Rule } from '../engine/types.ts';
import { refuseCalls } from '../fixes/shutdown/refuse.ts';
import type { Route } from '../project/serving.ts';
import { type AssessedPath, assessed } from '../project/shutdown/assess.ts';
import { isOverNetwork } from '../project/shutdown/network.ts';
import { rangeOfRoute, registration } from '../project/shutdown/places.ts';
import { behind, closesListenerFirst, flagsOf, isAnyHeeded } from '../project/shutdown/refusal.ts';
import { looksAtAny } from '../project/shutdown/states.ts';

export const acceptsRequestsWhileDraining: Rule = {
  id: 'accepts-requests-while-draining',
  severity: 'information',
  docs: {
    summary: 'While the server waits for its calls to finish, the MCP route goes on taking new ones.',
    what: `Reports a network server whose SIGTERM handler lets the calls finish, where no other
code looks at anything that the handler sets, and the listener stays open meanwhile.

Not reported: servers that close the listener before they wait.`,
    why: `Calls that come in during the wait make it longer, up to its limit, and those that are still running then are cut off.
A client that is told 503, with a JSON-RPC error and \`Retry-After\`, tries again elsewhere; one that is let in is dropped.`,
    fix: `*Answer new calls with 503 while the server stops* puts a guard in front of the MCP route that asks the variable which the handler
sets before it waits. Requests with an \`id\` and a \`method\`, and new GET streams, get 503 with a JSON-RPC error and
\`Retry-After\`; notifications, answers, DELETE and resumed streams pass. It is a middleware in Express and Hono, a hook in Fastify,
and in Koa, node:http and where no body parser is used, a line before the request is handed to the transport. It is offered where
the handler sets such a variable (the fix of \`reentrant-shutdown\` adds one) that can be asked when the first request comes. It is
not safe: clients get other answers than before.`,
  },

  check({ project, report }) {
    for (const one of assessed(project.servers)) {
      const open = openRoute(one);
      if (!open) continue;
      report({
        path: open.path,
        range: rangeOfRoute(open),
        message:
          'While the server waits for its calls to finish after SIGTERM, this route goes on taking new sessions and calls: they make the wait longer and are cut off at its end. Answer them with 503 while it stops.',
        related: [registration(one), ...guardsBehind(open, one)],
      });
    }
  },

  fixes(project, finding) {
    const found = assessed(project.servers).find((one) => {
      const open = openRoute(one);
      return open?.path === finding.path && rangeOfRoute(open).start === finding.range.start;
    });
    return found ? refuseCalls(project, found, finding.ruleId) : [];
  },
};

/** Middleware that looks at what the shutdown sets, and that the route's requests never come to. */
function guardsBehind(open: Route, { server, path }: AssessedPath): RelatedLocation[] {
  const flags = flagsOf(path.view, server);
  const guards = behind(open, server).filter(({ handlers }) =>
    handlers.some((ref) => looksAtAny(ref, flags, server.shutdown.values)),
  );
  return guards.slice(0, 2).map((guard) => ({
    path: guard.path,
    range: rangeOfRoute(guard),
    message: 'This never sees them: the route above answers first. Register it in front of the route.',
  }));
}

/** The route that goes on taking calls while the server waits for those in flight. */
function openRoute({ judgement, server, path }: AssessedPath): Route | undefined {
  if (judgement.kind !== 'drains' || !isOverNetwork(path.listener, server) || path.view.drains.length === 0)
    return undefined;
  if (closesListenerFirst(path.view)) return undefined;
  const open = server.routes.find((route) => route.handsTo !== undefined && route.method !== 'delete');
  if (!open) return undefined;
  return isAnyHeeded(path.view, flagsOf(path.view, server), open, server) ? undefined : open;
}
