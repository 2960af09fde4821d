import type { Project, ProjectFile } from '../project/project.ts';
import type { ShutdownOptions } from '../project/shutdownOptions.ts';
import { basename, dirname, isInside } from '../text/paths.ts';
import { excluder } from './exclude.ts';
import { type Level, parseSettings, type Settings, type SettingsProblem } from './settings.ts';

/** The name of the config file; a package.json may hold the same under {@link packageKey}. */
const configFileName = 'mcp-shutdown.json';
/** The key of package.json that holds settings. */
const packageKey = 'mcpShutdown';

/** Where settings come from beside the config files that the project holds. */
export interface SettingsSources {
  /** The editor's settings: they count where the config file of a file says nothing. */
  readonly fallback?: Settings;
  /** The editor's settings of single workspace folders; they count there instead of `fallback`. */
  readonly folders?: ReadonlyMap<string, Settings>;
  /** A config file that was named on the command line, and its folder: it counts instead of any other. */
  readonly override?: { readonly settings: Settings; readonly folder: string };
}

/** What is set for a file. */
export interface Config {
  readonly dockerfiles: NonNullable<Settings['dockerfiles']>;
  readonly shutdown: ShutdownOptions;
  /** `default` where nobody said anything. */
  levelOf(ruleId: string): Level;
  isExcluded(path: string): boolean;
}

/** A mistake in a config file. */
export interface ConfigProblem extends SettingsProblem {
  readonly path: string;
}

interface ConfigFile {
  readonly path: string;
  readonly settings: Settings;
}

/** The config files of one project, each read once. */
export class Configs {
  readonly problems: ConfigProblem[] = [];
  private readonly files = new Map<string, ConfigFile>();
  private readonly byFolder = new Map<string, Config>();

  /** @param ruleIds the rules that exist; any other name in a config file is a mistake. */
  constructor(
    private readonly project: Project,
    ruleIds: readonly string[],
    private readonly sources: SettingsSources,
  ) {
    for (const file of project.files.values()) this.read(file, ruleIds);
  }

  /** The configuration of a file: that of the nearest config file above it, as far up as the project reads. */
  for(path: string): Config {
    const folder = dirname(path);
    const known = this.byFolder.get(folder);
    if (known) return known;
    const config = this.find(folder);
    this.byFolder.set(folder, config);
    return config;
  }

  /** The folders that have a config file. */
  get folders(): readonly string[] {
    return [...this.files.keys()];
  }

  /** The path of the config file that counts for a file, if there is one. */
  fileFor(path: string): string | undefined {
    return this.nearest(dirname(path))?.path;
  }

  private find(folder: string): Config {
    const { override, folders } = this.sources;
    const root = this.project.roots.find((root) => isInside(root, folder)) ?? folder;
    const fallback = folders?.get(root) ?? this.sources.fallback ?? {};
    if (override) {
      const base = isInside(override.folder, folder) ? override.folder : root;
      return configOf(override.settings, base, {}, root);
    }
    const file = this.nearest(folder);
    return configOf(file?.settings ?? {}, file ? dirname(file.path) : root, fallback, root);
  }

  private nearest(folder: string): ConfigFile | undefined {
    const above = dirname(folder);
    return this.files.get(folder) ?? (above === folder ? undefined : this.nearest(above));
  }

  private read(file: ProjectFile, ruleIds: readonly string[]): void {
    const folder = dirname(file.path);
    const isConfigFile = basename(file.path) === configFileName;
    if (!isConfigFile && !(file.facts.language === 'package' && file.text.includes(`"${packageKey}"`)))
      return;
    const parsed = parseSettings(file.text, ruleIds, isConfigFile ? undefined : packageKey);
    if (!parsed) return;
    const { path } = file;
    this.problems.push(...parsed.problems.map((problem) => ({ ...problem, path })));
    if (isConfigFile || !this.files.has(folder)) this.files.set(folder, { path, settings: parsed.settings });
  }
}

/** The settings that the project must know before it is built. */
export interface ProjectSettings {
  /** Every Dockerfile is to be looked at. */
  readonly allDockerfiles: boolean;
  /** What people say of their servers, by folder: the nearest one above a file counts. */
  readonly shutdown: ReadonlyMap<string, ShutdownOptions>;
}

/** What config files and editor say of workspace folders, and of folders that have a config file of their own. */
export function projectSettings(project: Project, sources: SettingsSources): ProjectSettings {
  const configs = new Configs(project, [], sources);
  const ofRoots = project.roots.map((root) => configs.for(`${root}/${configFileName}`));
  return {
    allDockerfiles: ofRoots.some(({ dockerfiles }) => dockerfiles === 'all'),
    shutdown: new Map(
      [...project.roots, ...configs.folders].map((folder) => [
        folder,
        configs.for(`${folder}/${configFileName}`).shutdown,
      ]),
    ),
  };
}

/** Whether a project that was built with some settings has to be built anew for others. */
export function areSame(a: ProjectSettings, b: ProjectSettings): boolean {
  const text = ({ allDockerfiles, shutdown }: ProjectSettings) => {
    const isSaid = [...shutdown.values()].some((options) => Object.keys(options).length > 0);
    // A folder for which nothing is said counts where one above it has something to say.
    return JSON.stringify([allDockerfiles, isSaid ? [...shutdown] : []]);
  };
  return text(a) === text(b);
}

/** Those of a project that nobody has set anything for. */
export const noProjectSettings: ProjectSettings = { allDockerfiles: false, shutdown: new Map() };

function configOf(settings: Settings, folder: string, fallback: Settings, root: string): Config {
  return {
    dockerfiles: settings.dockerfiles ?? fallback.dockerfiles ?? 'mcp',
    shutdown: { ...fallback.shutdown, ...settings.shutdown },
    levelOf: (ruleId) => settings.rules?.[ruleId] ?? fallback.rules?.[ruleId] ?? 'default',
    isExcluded: settings.exclude
      ? excluder(folder, settings.exclude)
      : excluder(root, fallback.exclude ?? []),
  };
}
