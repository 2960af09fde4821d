import { stopSignalFault } from '../../languages/stopSignals.ts';
import type { LinkedDeployment, Project } from '../project.ts';
import { type McpServer, mayHear } from '../server.ts';
import { type GraceBudget, graceBudgets } from './budgets.ts';

/** The budgets whose server does not listen to the signal that it is stopped with, if that is another than SIGTERM. */
export function unhandledStopSignals(project: Project): readonly GraceBudget[] {
  return graceBudgets(project).filter(({ signal: { name }, server }) => {
    return name !== 'SIGTERM' && stopSignalFault(name) === undefined && !mayHear(server, name);
  });
}

/** Whether Node is the first process of the deployment's container, and so ignores a signal that nothing listens to. */
export function isFirstProcess(server: McpServer, { image, dockerfile, at }: LinkedDeployment): boolean {
  if (image.hasInit || image.folder !== undefined) return false;
  const places = [dockerfile?.file.path, at.path];
  return server.declaredAt.some((declared) => declared.isFirstProcess && places.includes(declared.path));
}

/**
 * Whether a server is only ever stopped with a signal other than SIGTERM, and does not listen to it: then that is its
 * defect, and nothing is left to be said of SIGTERM.
 */
export function isStoppedOtherwise(project: Project, server: McpServer): boolean {
  const own = graceBudgets(project).filter((budget) => budget.server === server);
  return (
    own.every(({ signal }) => signal.name !== 'SIGTERM') &&
    unhandledStopSignals(project).some((budget) => budget.server === server)
  );
}
