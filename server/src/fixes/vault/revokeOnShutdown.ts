import type { Fix } from '../../engine/types.ts';
import type { Project } from '../../project/project.ts';
import type { VaultTake } from '../../project/resources/vault.ts';
import type { McpServer } from '../../project/server.ts';
import { calledAtExit, placeOfSteps } from '../resources/calledAtExit.ts';
import { prepared } from './prepared.ts';

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
  const { name, owner, what } = revocation;
  const isElsewhere = place.file.path !== owner.file.path;
  const edits = calledAtExit(
    project,
    server,
    { name, owner, step: 'vault', what: 'Vault', call: `${name}()`, isAsync: true, comments: [] },
    revocation.edits(isElsewhere),
  );
  const title = `Revoke the Vault ${what} on shutdown`;
  return edits ? [{ ruleId, title, isSafe: false, isPreferred: true, edits }] : [];
}
