import type { Rule } from '../engine/types.ts';
import { failHealthChecks } from '../fixes/shutdown/refuse.ts';
import { isHealthRoute, type Route } from '../project/serving.ts';
import { type AssessedPath, assessed } from '../project/shutdown/assess.ts';
import { isOverNetwork } from '../project/shutdown/network.ts';
import { rangeOfRoute, registration } from '../project/shutdown/places.ts';
import { closesListenerFirst, flagsOf, heedsFlags } from '../project/shutdown/refusal.ts';

export const healthCheckStaysHealthy: Rule = {
  id: 'health-check-stays-healthy',
  severity: 'information',
  docs: {
    summary: 'The health route goes on saying that all is well while the server stops.',
    what: `Reports a health or readiness route (\`/health\`, \`/healthz\`, \`/ready\` and the like) of a server whose SIGTERM handler lets the
calls finish, where neither the route nor a middleware looks at anything that the handler sets, or where the listener is
closed before the wait, so that nobody can ask any more.`,
    why: `A load balancer sends new requests to whoever says that he is well. It needs the 503, and the time to see it, to stop
sending them: until then they arrive at a server that is about to go. Where the listener is closed first, they are refused
instead of sent elsewhere.`,
    fix: `*Answer 503 while the server stops* puts a middleware in front of each such route that asks the variable which the handler sets
before it waits. It is offered for Express, where the handler sets such a variable (the fix of \`reentrant-shutdown\` adds one);
where the listener is closed first, move that behind the wait. It is not safe: load balancers act on the answer.`,
  },

  check({ project, report }) {
    const told = new Set<string>();
    for (const one of assessed(project.servers)) {
      const isGone = closesListenerFirst(one.path.view);
      const routes = healthyRoutes(one);
      const [first, ...others] = routes.map((route) => ({ path: route.path, range: rangeOfRoute(route) }));
      if (!first || told.has(`${first.path}:${first.range.start}`)) continue;
      told.add(`${first.path}:${first.range.start}`);
      report({
        ...first,
        message: isGone
          ? 'While the server waits for its calls to finish after SIGTERM, nobody can ask for its health: the listener is closed before. Keep it open, answer 503 here, and close it after the wait.'
          : 'While the server waits for its calls to finish after SIGTERM, this still says that it is well, so that a load balancer goes on sending new requests. Answer 503 while it stops.',
        related: [
          registration(one),
          ...others.slice(0, 4).map((place) => ({
            ...place,
            message: isGone ? 'Nor can this route be asked.' : 'And so does this route.',
          })),
        ],
      });
    }
  },

  fixes(project, finding) {
    for (const one of assessed(project.servers)) {
      const routes = healthyRoutes(one);
      const [first] = routes;
      if (first?.path !== finding.path || rangeOfRoute(first).start !== finding.range.start) continue;
      return closesListenerFirst(one.path.view) ? [] : failHealthChecks(project, one, routes, finding.ruleId);
    }
    return [];
  },
};

/** The health routes that say that all is well, or cannot be asked, while the server waits for its calls. */
function healthyRoutes({ judgement, server, path }: AssessedPath): Route[] {
  if (judgement.kind !== 'drains' || path.view.drains.length === 0) return [];
  // Whoever asks a side listener of a stdio server for its health sends it no calls.
  if (!isOverNetwork(path.listener, server)) return [];
  const flags = flagsOf(path.view, server);
  const isGone = closesListenerFirst(path.view);
  return server.routes.filter(
    (route) => isHealthRoute(route) && (isGone || !heedsFlags(route, flags, server)),
  );
}
