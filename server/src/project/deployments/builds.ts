import { type DataNode, textOf, valueAt } from '../../languages/data.ts';
import { dirname, joinPath } from '../../text/paths.ts';
import type { ProjectFile } from '../project.ts';
import { dockerCommand, imageWritten, optionOf } from './dockerCommand.ts';
import { scriptCommands, workflowSteps } from './scripts.ts';

/** An image that the workspace builds, under the name that it gives it. */
export interface NamedBuild {
  readonly name: string;
  readonly dockerfile: string;
}

/** The images that scripts and CI workflows of the workspace build, with their Dockerfiles. */
export function scriptedBuilds(files: ReadonlyMap<string, ProjectFile>): NamedBuild[] {
  const scripted = scriptCommands(files).flatMap(({ command, folder, text }): NamedBuild[] => {
    const docker = dockerCommand(command, text);
    if (docker?.verb !== 'build') return [];
    const file = optionOf(docker, '-f', '--file');
    const context = docker.operands.at(-1)?.value;
    if (context === undefined || (file && file.value === undefined)) return [];
    const dockerfile = dockerfileFrom(folder, context, file?.value, files);
    const tags = docker.options.filter(({ name }) => name === '-t' || name === '--tag');
    return dockerfile ? tags.map(({ value }) => ({ name: imageWritten(value, text) ?? '', dockerfile })) : [];
  });
  const actions = [...files.values()].flatMap(({ path, facts }) =>
    facts.language === 'yaml'
      ? workflowSteps(facts.yaml.documents[0]).flatMap((step) => actionBuilds(step, path, files))
      : [],
  );
  return [...scripted, ...actions];
}

/** The Dockerfile, from where a script runs: its own folder, or the one above for those that stand in scripts/. */
function dockerfileFrom(
  folder: string,
  context: string,
  named: string | undefined,
  files: ReadonlyMap<string, ProjectFile>,
): string | undefined {
  return [folder, dirname(folder)]
    .map((base) => (named === undefined ? joinPath(base, context, 'Dockerfile') : joinPath(base, named)))
    .find((path) => files.has(path));
}

/** What `docker/build-push-action` builds. */
function actionBuilds(step: DataNode, path: string, files: ReadonlyMap<string, ProjectFile>): NamedBuild[] {
  if (!textOf(valueAt(step, 'uses'))?.startsWith('docker/build-push-action@')) return [];
  const root = dirname(dirname(dirname(path)));
  const context = textOf(valueAt(step, 'with', 'context')) ?? '.';
  const dockerfile = dockerfileFrom(root, context, textOf(valueAt(step, 'with', 'file')), files);
  const tags = textOf(valueAt(step, 'with', 'tags')) ?? '';
  if (!dockerfile) return [];
  return tags
    .split(/[\s,]+/)
    .filter((name) => name !== '' && !/[{}$]/.test(name.replace(/:[^/]*$/, '')))
    .map((name) => ({ name, dockerfile }));
}
