import { dockerfilesOf } from './dockerfiles.ts';
import { findEntries } from './entries.ts';
import { landmarksOf } from './landmarks.ts';
import { modelOf, type SourceModel } from './model.ts';
import type { Project } from './project.ts';
import { ProjectReader, type ReaderInput } from './reader.ts';
import type { McpServer } from './server.ts';
import { lambdaTest } from './serverless.ts';
import { findServers } from './servers.ts';

export interface BuildInput extends ReaderInput {
  readonly allDockerfiles: boolean;
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
  await reader.readScripts();
  const sources = await reader.readSources();
  if (sources.length === 0) return { project: projectOf(reader, input, []), model: undefined };
  const links = input.listings.flatMap((listing) => listing.links);
  const model = await modelOf(reader, sources, links, lastModel);
  return { project: projectOf(reader, input, serversOf(reader, model)), model };
}

function serversOf(reader: ProjectReader, { program, resolver, finder }: SourceModel): McpServer[] {
  const packages = reader.packages();
  const declared = dockerfilesOf(reader.roots, reader.files, packages, resolver);
  const isLambda = lambdaTest(reader.files);
  const entries = findEntries(
    packages.filter(({ path }) => reader.isInRoots(path)),
    declared,
    program,
    resolver,
  ).filter(({ path, declaredAt }) => declaredAt.some(({ kind }) => kind === 'dockerfile') || !isLambda(path));
  return findServers(entries, finder, (path) => reader.packageOf(path));
}

function projectOf(reader: ProjectReader, input: ReaderInput, servers: readonly McpServer[]): Project {
  const { files } = reader;
  return {
    roots: input.roots,
    files,
    servers,
    isMcpWorkspace: reader.isMcpWorkspace(),
    limits: reader.limits,
    dockerfiles: [...files.values()].flatMap((file) => {
      if (file.facts.language !== 'dockerfile') return [];
      const ran = servers.filter(({ declaredAt }) => declaredAt.some(({ path }) => path === file.path));
      return [{ file, facts: file.facts.dockerfile, servers: ran }];
    }),
    landmarksIn: (path) => landmarksOf(path, servers, files.get(path)),
  };
}
