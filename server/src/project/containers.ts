import { type ContainerStart, containerStartOf, stagesRun } from './containerStart.ts';
import { binTest } from './dockerfiles.ts';
import type { DockerfileInProject, Project } from './project.ts';

const known = new WeakMap<DockerfileInProject, readonly ContainerStart[]>();

/**
 * What the containers of a Dockerfile start: those of the stages that deployments build, and of the last one. Stages
 * whose start the file does not tell are left out.
 */
export function startsOf(project: Project, dockerfile: DockerfileInProject): readonly ContainerStart[] {
  const before = known.get(dockerfile);
  if (before) return before;
  const { file, facts } = dockerfile;
  const packages = [...project.files.values()].flatMap(({ path, facts: each }) =>
    each.language === 'package' ? [{ path, facts: each.package }] : [],
  );
  const source = { path: file.path, facts, files: project.files, roots: project.roots };
  const isServer = binTest(packages);
  const starts = stagesOf(project, dockerfile).flatMap(
    (stage) => containerStartOf(source, stage, isServer) ?? [],
  );
  known.set(dockerfile, starts);
  return starts;
}

/** The stages of a Dockerfile that are run, the last one among them. */
export function stagesOf(project: Project, { file, facts }: DockerfileInProject) {
  const builds = project.deployments.flatMap(({ image: { build } }) => build ?? []);
  const targets = builds.flatMap(({ dockerfile, target }) =>
    dockerfile === file.path ? (target ?? []) : [],
  );
  return stagesRun(facts, targets);
}
