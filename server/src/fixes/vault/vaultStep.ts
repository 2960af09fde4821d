import type { Project } from '../../project/project.ts';
import { unrevokedIn } from '../../project/resources/vault.ts';
import type { McpServer } from '../../project/server.ts';
import { isTaken, type Step, type StepsPlace } from '../handler/places/step.ts';
import { isEsModule } from '../resources/calledAtExit.ts';
import { prepared } from './prepared.ts';

/**
 * The step of the full handler that gives back what the server takes from Vault, with what its file needs for that;
 * none where it takes nothing, gives it back already, or does so in a way that cannot be written down.
 */
export function vaultSteps(project: Project, server: McpServer, { into }: StepsPlace): Step[] {
  const takes = unrevokedIn(server);
  const revocation = takes.length > 0 ? prepared(project, takes) : undefined;
  if (!revocation) return [];
  const { name, owner } = revocation;
  const isElsewhere = owner.file.path !== into.file.path;
  if (isElsewhere && (isTaken(name, into) || isEsModule(owner) !== isEsModule(into))) return [];
  return [
    {
      what: 'Vault',
      run: `${name}()`,
      imports: isElsewhere ? [{ name, from: owner.file.path }] : [],
      insertions: [{ into: owner, at: { edits: revocation.edits(isElsewhere) }, code: '' }],
    },
  ];
}
