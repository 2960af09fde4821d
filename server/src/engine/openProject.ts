import type { Project } from '../project/project.ts';
import type { Workspace } from '../project/workspace.ts';
import { type SettingsSources, wantsAllDockerfiles } from './config.ts';

/**
 * The project of a folder, with the Dockerfiles that its config file asks for: that file must be read before
 * they are, so the project may be built twice.
 * @param allDockerfiles every Dockerfile, whatever the config file says.
 */
export async function openProject(
  workspace: Workspace,
  root: string,
  sources: SettingsSources,
  allDockerfiles: boolean,
): Promise<Project> {
  workspace.configure([root], { allDockerfiles });
  const project = await workspace.snapshot();
  if (allDockerfiles || !wantsAllDockerfiles(project, sources)) return project;
  workspace.configure([root], { allDockerfiles: true });
  return workspace.snapshot();
}
