import type { Fix } from '../../engine/types.ts';
import type { Project } from '../../project/project.ts';
import { unrevokedIn, type VaultTake } from '../../project/resources/vault.ts';
import type { McpServer } from '../../project/server.ts';
import type { Step, StepsPlace } from '../handler/places/step.ts';
import { type CalledAtExit, calledAtExit, placeOfSteps } from '../resources/calledAtExit.ts';
import { handlerStep } from '../resources/handlerStep.ts';
import type { PlannedFile } from '../source/plannedFile.ts';
import { prepared, type Revocation } from './prepared.ts';

/**
 * Remembers what a server takes from Vault, in the file that takes it, and gives it back in the SIGTERM handler, behind
 * the database that uses it. Offered where all of it is taken in one file, and where the handler has one exit in an
 * async function, or the list of steps of the full handler.
 * @param takes everything that is not given back
 */
export function revokeOnShutdown(
  project: Project,
  server: McpServer,
  takes: readonly VaultTake[],
  ruleId: string,
): Fix[] {
  const place = placeOfSteps(project, server);
  const revocation = place && prepared(project, takes);
  if (!place || !revocation) return [];
  const own = revocation.edits(isElsewhere(revocation, place));
  const edits = calledAtExit(project, server, calledFor(revocation), own);
  const title = `Revoke the Vault ${revocation.what} on shutdown`;
  return edits ? [{ ruleId, title, isSafe: false, isPreferred: true, edits }] : [];
}

/**
 * The same as a step of the full handler; none where the server takes nothing, gives it back already, or takes it in a
 * way that cannot be written down.
 */
export function vaultSteps(project: Project, server: McpServer, at: StepsPlace): Step[] {
  const takes = unrevokedIn(server);
  const revocation = takes.length > 0 ? prepared(project, takes) : undefined;
  if (!revocation) return [];
  return handlerStep(calledFor(revocation), revocation.edits(isElsewhere(revocation, at.into)), at);
}

function isElsewhere({ owner }: Revocation, { file }: PlannedFile): boolean {
  return file.path !== owner.file.path;
}

function calledFor({ name, owner }: Revocation): CalledAtExit {
  return { name, owner, step: 'vault', what: 'Vault', call: `${name}()`, isAsync: true, comments: [] };
}
