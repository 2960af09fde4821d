import { imageStage } from '../../languages/dockerfile/imageShell.ts';
import { basename, dirname } from '../../text/paths.ts';
import type { DockerfileInProject, LinkedDeployment } from '../project.ts';
import type { McpServer } from '../server.ts';
import { isDevelopmentName } from './development.ts';
import { platforms } from './platforms.ts';

/** Run as Docker runs them, when their file says no more. */
const defaultsToDocker = /^(compose|docker-run)$/;

/**
 * Images that nothing in the workspace deploys, as if they were run with `docker run`: for servers that listen on a
 * port, and only where every deployment of the workspace is known to run something else.
 */
export function plainDockerDeployments(
  linked: readonly LinkedDeployment[],
  dockerfiles: readonly DockerfileInProject[],
): LinkedDeployment[] {
  const isUnclear = linked.some(
    ({ platform, period, servers, dockerfile, image }) =>
      servers.length === 0 &&
      !dockerfile &&
      (!defaultsToDocker.test(platform) || period.setAt || image.build),
  );
  if (isUnclear) return [];
  const deployed = new Set(linked.flatMap(({ servers }) => servers));
  return dockerfiles.flatMap((dockerfile) => {
    if (isDevelopmentName(basename(dockerfile.file.path))) return [];
    const servers = dockerfile.servers.filter((server) => server.isNetwork && !deployed.has(server));
    return servers.length > 0 ? (deploymentOf(dockerfile, servers) ?? []) : [];
  });
}

function deploymentOf(
  dockerfile: DockerfileInProject,
  servers: readonly McpServer[],
): LinkedDeployment | undefined {
  const { file, facts } = dockerfile;
  const stage = imageStage(facts);
  const commands = [stage?.entrypoint, stage?.cmd];
  const own = servers.filter(({ declaredAt }) =>
    declaredAt.some(
      ({ path, range }) =>
        path === file.path && commands.some((command) => command?.range.start === range.start),
    ),
  );
  const command = stage?.cmd ?? stage?.entrypoint;
  if (!command || own.length === 0) return undefined;
  return {
    platform: 'docker',
    name: basename(dirname(file.path)),
    at: { path: file.path, range: command.range },
    period: { ms: platforms.docker.defaultMs, setAt: undefined, holder: undefined },
    preStop: undefined,
    stopSignal: undefined,
    environment: new Map(),
    image: {
      name: undefined,
      builtAs: undefined,
      build: { dockerfile: file.path, target: undefined },
      entrypoint: undefined,
      command: undefined,
      workdir: undefined,
      folder: undefined,
      hasInit: false,
    },
    isDevelopment: false,
    signalHolder: undefined,
    pod: undefined,
    dockerfile,
    stage,
    start: undefined,
    servers: own,
  };
}
