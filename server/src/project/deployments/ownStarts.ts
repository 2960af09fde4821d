import type { ContainerStart } from '../containerStart.ts';
import type { DockerfileInProject, LinkedDeployment, Project } from '../project.ts';
import type { CommandWords } from './deployment.ts';
import type { PlatformId } from './platforms.ts';

/** A deployment whose file names the container's command, with what that starts in the image. */
export interface OwnStart {
  readonly deployment: LinkedDeployment;
  readonly dockerfile: DockerfileInProject;
  readonly start: ContainerStart;
  /** The first part of the command: what takes the ENTRYPOINT's place, or else the CMD's. */
  readonly command: CommandWords;
}

/** Platforms whose files hold the container's command. */
const platforms: ReadonlySet<PlatformId> = new Set([
  'compose',
  'kubernetes',
  'fly',
  'nomad',
  'ecs',
  'fargate',
]);

/** The deployments with a command of their own, where a server of the workspace is known to run behind it. */
export function ownStarts({ deployments }: Project): OwnStart[] {
  return deployments.flatMap((deployment) => {
    const { platform, start, dockerfile, servers, image } = deployment;
    const command = image.entrypoint ?? image.command;
    if (!platforms.has(platform) || !command || !start || !dockerfile || servers.length === 0) return [];
    return [{ deployment, dockerfile, start, command }];
  });
}
