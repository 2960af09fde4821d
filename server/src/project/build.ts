import { dirname } from '../text/paths.ts';
import { deploymentRuns, linkDeployments, withDeployments } from './deployments/deployments.ts';
import type { Run } from './deployments/link.ts';
import { dockerfilesOf } from './dockerfiles.ts';
import { findEntries } from './entries.ts';
import { landmarksOf } from './landmarks.ts';
import { modelOf, type SourceModel } from './model.ts';
import type { DockerfileInProject, Project } from './project.ts';
import { ProjectReader, type ReaderInput } from './reader.ts';
import type { Declaration, McpServer } from './server.ts';
import { lambdaTest } from './serverless.ts';
import { findServers, type OptionsFor } from './servers.ts';
import { noShutdownOptions, type ShutdownOptions } from './shutdownOptions.ts';

export interface BuildInput extends ReaderInput {
  readonly allDockerfiles: boolean;
  /** What people say of their servers, by folder: the nearest one above a file counts. */
  readonly shutdown: ReadonlyMap<string, ShutdownOptions>;
  /** What the last build joined; used again where no source and no manifest changed. */
  readonly lastModel: SourceModel | undefined;
}

export interface Built {
  readonly project: Project;
  readonly model: SourceModel | undefined;
}

/**
 * Reads what matters and joins it into a project.
 * @throws the signal's reason when it is aborted meanwhile.
 */
export async function buildProject({ lastModel, ...input }: BuildInput): Promise<Built> {
  // The reader lives as long as the model does: it must not hold the model before, and so all of them.
  const reader = new ProjectReader(input);
  await reader.readManifests();
  await reader.readDockerfiles(reader.isMcpWorkspace() || input.allDockerfiles);
  await reader.readDeploymentFiles(reader.isMcpWorkspace() || input.allDockerfiles);
  await reader.readScripts();
  const sources = await reader.readSources();
  if (sources.length === 0) {
    // In other languages the Dockerfiles count all the same, and which of their stages are run.
    const runs = deploymentRuns(reader.roots, reader.files, reader.packages(), new Map());
    return { project: projectOf(reader, input, { servers: [], runs }), model: undefined };
  }
  const links = input.listings.flatMap((listing) => listing.links);
  const model = await modelOf(reader, sources, links, lastModel);
  return { project: projectOf(reader, input, serversOf(reader, model, optionsFor(input))), model };
}

interface Found {
  readonly servers: readonly McpServer[];
  readonly runs: readonly Run[];
}

function serversOf(
  reader: ProjectReader,
  { program, resolver, finder }: SourceModel,
  options: OptionsFor,
): Found {
  const packages = reader.packages();
  const inImages = dockerfilesOf(reader.roots, reader.files, packages, resolver);
  const runs = deploymentRuns(reader.roots, reader.files, packages, inImages);
  const declared = withDeployments(inImages, runs, reader, packages, resolver);
  const isLambda = lambdaTest(reader.files);
  const entries = findEntries(
    packages.filter(({ path }) => reader.isInRoots(path)),
    declared,
    program,
    resolver,
  ).filter(({ path, declaredAt }) => declaredAt.some(({ kind }) => isContainer(kind)) || !isLambda(path));
  return { servers: findServers(entries, finder, (path) => reader.packageOf(path), options), runs };
}

function optionsFor({ shutdown }: Pick<BuildInput, 'shutdown'>): OptionsFor {
  const nearest = (folder: string): ShutdownOptions => {
    const above = dirname(folder);
    return shutdown.get(folder) ?? (above === folder ? noShutdownOptions : nearest(above));
  };
  return (path) => (shutdown.size === 0 ? noShutdownOptions : nearest(dirname(path)));
}

function isContainer(kind: Declaration['kind']): boolean {
  return kind === 'dockerfile' || kind === 'deployment';
}

function projectOf(
  reader: ProjectReader,
  input: Omit<BuildInput, 'lastModel'>,
  { servers, runs }: Found,
): Project {
  const { files } = reader;
  const dockerfiles = [...files.values()].flatMap((file): DockerfileInProject[] => {
    if (file.facts.language !== 'dockerfile') return [];
    const ran = servers.filter(({ declaredAt }) => declaredAt.some(({ path }) => path === file.path));
    return [{ file, facts: file.facts.dockerfile, servers: ran }];
  });
  return {
    roots: input.roots,
    files,
    servers,
    isMcpWorkspace: reader.isMcpWorkspace(),
    limits: reader.limits,
    dockerfiles,
    deployments: linkDeployments(runs, servers, dockerfiles),
    shutdownOptions: optionsFor(input),
    landmarksIn: (path) => landmarksOf(path, servers, files.get(path)),
  };
}
