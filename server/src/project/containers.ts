import type { Stage } from '../languages/dockerfile/facts.ts';
import { splitInit } from '../languages/dockerfile/processTree.ts';
import { isArguments } from '../languages/shell/functions.ts';
import { baseName, withoutWrappers } from '../languages/shell/programs.ts';
import { bakeTargets } from './bake.ts';
import { type ContainerStart, containerStartOf, stagesRun } from './containerStart.ts';
import { binTest } from './dockerfiles.ts';
import type { DockerfileInProject, LinkedDeployment, Project } from './project.ts';

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

/** What a deployment starts: a command of its own in its image, or else the image's. */
export function startIn(
  project: Project,
  { dockerfile, stage, image, start }: LinkedDeployment,
): ContainerStart | undefined {
  if (image.entrypoint || image.command) return start;
  return dockerfile && startsOf(project, dockerfile).find((each) => each.stage === stage);
}

/** Stages that by their name nobody stops while they serve calls. */
const forDevelopment =
  /^(dev|devel|develop|development|local|debug|watch|tests?|testing|e2e|ci|lint)([-_.]|$)/;

/** The stages of a Dockerfile that are run: those that deployments and bake files build, and the last one. */
export function stagesOf(project: Project, { file, facts }: DockerfileInProject): readonly Stage[] {
  const builds = project.deployments.flatMap(({ image: { build } }) => build ?? []);
  const targets = [...builds, ...bakeTargets(project.files)].flatMap(({ dockerfile, target }) =>
    dockerfile === file.path && target !== undefined && !forDevelopment.test(target.toLowerCase())
      ? [target]
      : [],
  );
  return stagesRun(facts, targets);
}

/** Programs that run what they are given, and are no scripts of the workspace. */
const runners = /^(env|gosu|su-exec|setpriv)$/;

/**
 * Whether a stage's ENTRYPOINT becomes what CMD says: an init, a program that only changes the user, a script of the
 * workspace that runs `"$@"`.
 */
export function runsArguments(
  project: Project,
  dockerfile: DockerfileInProject,
  stage: Stage,
  start = startsOf(project, dockerfile).find((each) => each.stage === stage),
): boolean {
  const { init, rest = [] } = splitInit(stage.entrypoint?.argv ?? []);
  if (rest.length === 0) return init !== undefined;
  if (runners.test(baseName(rest[0]) ?? ''))
    return !withoutWrappers(rest).some((word) => word !== rest.at(-1));
  const last = start?.scripts.at(-1);
  const [program] = last?.start?.path.programs ?? [];
  return last !== undefined && program !== undefined && isArguments(program, last.facts.script.text);
}
