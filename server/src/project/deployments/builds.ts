import { joinPath } from '../../text/paths.ts';
import type { ProjectFile } from '../project.ts';
import { dockerCommand, scriptCommands } from './scripts.ts';

/** The images that scripts of the workspace build, with their Dockerfiles. */
export function scriptedBuilds(
  files: ReadonlyMap<string, ProjectFile>,
): { readonly name: string; readonly dockerfile: string }[] {
  return scriptCommands(files).flatMap(({ command, folder }) => {
    const docker = dockerCommand(command);
    if (docker?.verb !== 'build') return [];
    const value = (...names: string[]) => docker.options.find(({ name }) => names.includes(name))?.value;
    const context = docker.operands[0]?.value;
    const file = value('-f', '--file');
    if (context === undefined || (file && file.value === undefined)) return [];
    const named = file?.value;
    // The file is found from where the script runs: its own folder, or the workspace's root for one in scripts/.
    const candidates = [folder, joinPath(folder, '..')].map((base) =>
      named ? joinPath(base, named) : joinPath(base, context, 'Dockerfile'),
    );
    const dockerfile = candidates.find((candidate) => files.has(candidate));
    const tags = docker.options.filter(({ name }) => name === '-t' || name === '--tag');
    if (!dockerfile) return [];
    return tags.flatMap(({ value: tag }) => (tag?.value ? [{ name: tag.value, dockerfile }] : []));
  });
}
