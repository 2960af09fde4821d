import type { PackageFacts } from '../../languages/packageJson.ts';
import { type Link, sourceOfWords, startedSource } from '../dockerfiles.ts';
import type { ImageSource } from '../imageFiles.ts';
import type { ModuleResolver } from '../modules.ts';
import type { DockerfileInProject, LinkedDeployment, ProjectFile } from '../project.ts';
import type { Declaration, McpServer } from '../server.ts';
import { scriptedBuilds } from './builds.ts';
import { composeDeployments } from './compose.ts';
import type { Deployment } from './deployment.ts';
import { isDevelopmentDeployment } from './development.ts';
import { dockerRunDeployments } from './dockerRun.ts';
import { flyDeployments } from './fly.ts';
import { hostedDeployments } from './hosted.ts';
import { kubernetesDeployments } from './kubernetes.ts';
import { dockerfileAt, type Run, runsOf } from './link.ts';
import { nomadDeployments } from './nomad.ts';
import { plainDockerDeployments } from './plainDocker.ts';
import { pm2Deployments } from './pm2.ts';
import { processDeployments } from './processes.ts';
import { taskDefinitions } from './taskDefinitions.ts';

interface PackageFile {
  readonly path: string;
  readonly facts: PackageFacts;
}

/** What the workspace's deployment files run, before its servers are known. */
export function deploymentRuns(
  roots: readonly string[],
  files: ReadonlyMap<string, ProjectFile>,
  packages: readonly PackageFile[],
  declared: ReadonlyMap<string, readonly Declaration[]>,
): Run[] {
  const deployments: Deployment[] = [
    ...composeDeployments(files),
    ...kubernetesDeployments(files),
    ...flyDeployments(files),
    ...dockerRunDeployments(files),
    ...hostedDeployments(files),
    ...processDeployments(files),
    ...taskDefinitions(files),
    ...pm2Deployments(files),
    ...nomadDeployments(files),
  ].filter(({ at, isDevelopment }) => !isDevelopment && !isDevelopmentDeployment(at.path, roots));
  const dockerfiles = [...declared.values()].flat().filter(({ kind }) => kind === 'dockerfile');
  const serverDockerfiles = [...new Set(dockerfiles.map(({ path }) => path))];
  return runsOf(deployments, files, {
    roots,
    packages,
    serverDockerfiles,
    deployments,
    built: scriptedBuilds(files),
  });
}

/** Adds the source files that deployments start by commands of their own to those that Dockerfiles start. */
export function withDeployments(
  declared: ReadonlyMap<string, readonly Declaration[]>,
  runs: readonly Run[],
  around: Pick<ImageSource, 'files' | 'roots'>,
  packages: readonly PackageFile[],
  resolver: ModuleResolver,
): Map<string, Declaration[]> {
  const all = new Map([...declared].map(([path, list]) => [path, [...list]]));
  for (const run of runs) {
    const { deployment, range } = run;
    const { hasInit } = deployment.image;
    const link = startedBy(run, around, packages, resolver);
    if (!link) continue;
    const isFirstProcess = link.declaration.isFirstProcess && !hasInit;
    const { path } = deployment.at;
    const declaration: Declaration = {
      kind: 'deployment',
      path,
      range,
      preloads: link.declaration.preloads,
      isFirstProcess,
    };
    all.set(link.entry, [...(all.get(link.entry) ?? []), declaration]);
  }
  return all;
}

/** The source file that a deployment's command runs: in its image, or else as its words say. */
function startedBy(
  { deployment, base, mounted, words, workdir, start }: Run,
  around: Pick<ImageSource, 'files' | 'roots'>,
  packages: readonly PackageFile[],
  resolver: ModuleResolver,
): Link | undefined {
  const facts = mounted?.facts ?? dockerfileAt(base, around.files);
  const { files, roots } = around;
  const source = facts && base !== undefined ? { path: base, facts, files, roots } : undefined;
  const inImage = start && source && startedSource(source, start, packages, resolver);
  if (inImage) return inImage;
  const entry = base && words && sourceOfWords(words, workdir, base, packages, resolver);
  if (!entry) return undefined;
  const isFirstProcess = deployment.image.folder === undefined && /(^|\/)node$/.test(words[0] ?? '');
  return { entry, declaration: { isFirstProcess, preloads: [] } };
}

/** Whether a server is declared by what a deployment runs: the command of its own, or that of the image's stage. */
function isOf({ kind, path, range }: Declaration, run: Run): boolean {
  const { deployment, dockerfile, isImageCommand, stage } = run;
  if (!isImageCommand) {
    return kind === 'deployment' && path === deployment.at.path && range.start === run.range.start;
  }
  const commands = [stage?.entrypoint, stage?.cmd];
  return path === dockerfile && commands.some((command) => command?.range.start === range.start);
}

/** The deployments with their servers. */
export function linkDeployments(
  runs: readonly Run[],
  servers: readonly McpServer[],
  dockerfiles: readonly DockerfileInProject[],
): LinkedDeployment[] {
  const linked = runs.map((run): LinkedDeployment => {
    const { deployment, dockerfile: path, mounted, stage, start } = run;
    const dockerfile = mounted ?? dockerfiles.find(({ file }) => file.path === path);
    const own = servers.filter(({ declaredAt }) => declaredAt.some((declaration) => isOf(declaration, run)));
    return { ...deployment, dockerfile, stage, start, servers: own };
  });
  return [...linked, ...plainDockerDeployments(linked, dockerfiles)];
}
