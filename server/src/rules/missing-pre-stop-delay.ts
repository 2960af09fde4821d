import type { Rule } from '../engine/types.ts';
import { preStopFixes } from '../fixes/deployments/insertPreStop.ts';
import { type GraceBudget, graceBudgets } from '../project/deployments/budgets.ts';
import type { Project } from '../project/project.ts';
import { mayHear } from '../project/server.ts';

export const missingPreStopDelay: Rule = {
  id: 'missing-pre-stop-delay',
  severity: 'information',
  docs: {
    summary: 'A Kubernetes pod gets SIGTERM while its Service still sends it new requests.',
    what: `Reports a container that runs a server of the workspace over HTTP in a pod that a Service of the workspace selects, where
nothing delays SIGTERM: the container has no \`lifecycle.preStop\`, and the server's handler does not begin with a pause of at
least a second.

Not reported: servers that do not listen to SIGTERM (they lose their calls anyway: \`missing-sigterm-handler\`), workloads
behind no Service that the workspace holds, templates.`,
    why: `Kubernetes takes the pod out of its Services and sends SIGTERM at the same time, and the proxies and load balancers learn
of it some seconds later. Until then they send new requests, which a server that closes its port refuses: the client sees
a broken connection. A pause of a few seconds before SIGTERM lets them go elsewhere. It counts inside
\`terminationGracePeriodSeconds\`.`,
    fix: `Inserts a preStop delay of 5 s, and raises the grace period where it would no longer suffice. The \`sleep\` action needs
Kubernetes 1.30 or newer; the other fix runs \`sleep\` in the container, which needs an image that has it. Neither is applied
on its own.`,
  },

  check({ project, report }) {
    for (const { deployment, server } of withoutDelay(project)) {
      const { service } = deployment.pod ?? {};
      report({
        ...deployment.at,
        message:
          'Kubernetes sends SIGTERM while the Service still sends new requests here for some seconds; those are refused once the server closes its port. Delay SIGTERM with lifecycle.preStop, 5 s for example.',
        related: [
          ...(service ? [{ ...service, message: 'This Service sends requests to the pod.' }] : []),
          ...server.listeners
            .filter(({ signals }) => signals.includes('SIGTERM'))
            .slice(0, 1)
            .map(({ path, range }) => ({ path, range, message: 'The server begins to stop here.' })),
        ],
      });
    }
  },

  fixes(project, { path, range, ruleId }) {
    const budget = withoutDelay(project).find(
      ({ deployment: { at } }) => at.path === path && at.range.start === range.start,
    );
    return budget ? preStopFixes(project, budget, ruleId) : [];
  },
};

function withoutDelay(project: Project): GraceBudget[] {
  const told = new Set<string>();
  return graceBudgets(project).filter(({ deployment: { pod, at }, server, signal }) => {
    if (!pod?.service || pod.hasPreStop || !server.isNetwork || server.handledBy) return false;
    if (!mayHear(server, signal.name) || pauses(server, signal.name)) return false;
    const key = `${at.path}#${at.range.start}`;
    return !told.has(key) && told.add(key);
  });
}

/** A pause in ms that lets the load balancers learn of it. */
const shortestPauseMs = 1_000;

/** Whether a server's own handler waits a while, whatever happens. */
function pauses({ shutdown }: GraceBudget['server'], signal: string): boolean {
  return shutdown
    .on(signal)
    .some(({ view: { trace } }) =>
      trace.steps.some(
        (step) =>
          step.kind === 'wait' &&
          step.how === 'sleep' &&
          step.isAwaited &&
          !step.isRepeated &&
          !step.isOnError &&
          (step.bound?.ms ?? shortestPauseMs) >= shortestPauseMs,
      ),
    );
}
