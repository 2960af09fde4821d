import type { Rule } from '../engine/types.ts';
import { failHealthChecks } from '../fixes/shutdown/refuse.ts';
import type { McpServer } from '../project/server.ts';
import { isHealthRoute, type Route } from '../project/serving.ts';
import { type AssessedPath, assessed } from '../project/shutdown/assess.ts';
import { isOverNetwork } from '../project/shutdown/network.ts';
import { rangeOfRoute, registration } from '../project/shutdown/places.ts';
import { closesListenerFirst, flagsOf, heedsFlags } from '../project/shutdown/refusal.ts';
import type { SignalListener } from '../project/signals.ts';

export const healthCheckStaysHealthy: Rule = {
  id: 'health-check-stays-healthy',
  severity: 'information',
  docs: {
    summary: 'The health route goes on saying that all is well while the server stops.',
    what: `Reports a health or readiness route (\`/health\`, \`/healthz\`, \`/ready\` and the like) of a server whose SIGTERM handler lets the
calls finish, where neither the route nor a middleware looks at anything that the handler sets, or where the listener is
closed before the wait, so that nobody can ask any more. A listener for the health of a stdio server counts, too.

Not reported: liveness routes (\`/livez\` and the like): a server that stops is alive, and one that says otherwise is restarted.`,
    why: `A load balancer sends new requests to whoever says that he is well. It needs the 503, and the time to see it, to stop
sending them: until then they arrive at a server that is about to go. Where the listener is closed first, they are refused
instead of sent elsewhere.`,
    fix: `*Answer 503 while the server stops* has each such route ask the variable which the handler sets before it waits: by a middleware in
Express, Hono and Koa, by a hook in Fastify, by a line in its branch with node:http. It is offered where the handler sets such a
variable (the fix of \`reentrant-shutdown\` adds one) that can be asked when the first request comes; where the listener is closed
first, move that behind the wait. It is not safe: load balancers act on the answer.`,
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
        message: messageOf(one, isGone),
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

function messageOf({ path, server }: AssessedPath, isGone: boolean): string {
  const meanwhile = 'While the server waits for its calls to finish after SIGTERM';
  if (isGone)
    return `${meanwhile}, nobody can ask for its health: the listener is closed before. Keep it open, answer 503 here, and close it after the wait.`;
  const result = isOverNetwork(path.listener, server)
    ? 'so that a load balancer goes on sending new requests'
    : 'and whoever watches it takes it for one that stays';
  return `${meanwhile}, this still says that it is well, ${result}. Answer 503 while it stops.`;
}

/** The health routes that say that all is well, or cannot be asked, while the server waits for its calls. */
function healthyRoutes({ judgement, server, path }: AssessedPath): Route[] {
  if (judgement.kind !== 'drains' || path.view.drains.length === 0) return [];
  const flags = flagsOf(path.view, server);
  const isGone = closesListenerFirst(path.view);
  return server.routes.filter(
    (route) =>
      isHealthRoute(route) &&
      !asksForLife(route) &&
      isServedWith(path.listener, route, server) &&
      (isGone || !heedsFlags(route, flags, server)),
  );
}

/** A server that stops is alive: saying otherwise here only gets it restarted. */
function asksForLife({ pattern }: Route): boolean {
  return /\/live(z|ness)?\b/i.test(pattern ?? '');
}

/**
 * Whether a route can be asked in the start that registers a handler: what stdio runs in one start has nothing to do with
 * the routes of the HTTP server in another, but a stdio server may have a listener for its health beside it.
 */
function isServedWith(listener: SignalListener, route: Route, server: McpServer): boolean {
  if (isOverNetwork(listener, server)) return true;
  const { path, fn } = route.branch?.registeredIn ?? route;
  return !server.isNetwork && server.shutdown.startup.includes({ path, fn, call: route.call });
}
