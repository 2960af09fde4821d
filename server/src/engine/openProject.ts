import type { Project } from '../project/project.ts';
import type { Workspace } from '../project/workspace.ts';
import { areSame, noProjectSettings, projectSettings, type SettingsSources } from './config.ts';

/**
 * The project of a folder, as its config file asks for: that file must be read before the rest is joined, so the
 * project may be built twice.
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
  const settings = projectSettings(project, sources);
  const wanted = { ...settings, allDockerfiles: allDockerfiles || settings.allDockerfiles };
  if (areSame(wanted, { ...noProjectSettings, allDockerfiles })) return project;
  workspace.configure([root], wanted);
  return workspace.snapshot();
}
