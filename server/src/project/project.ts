import type { Directive } from '../languages/directives.ts';
import type { DockerfileFacts, Stage } from '../languages/dockerfile/facts.ts';
import type { HclFacts } from '../languages/hcl/parse.ts';
import type { PackageFacts } from '../languages/packageJson.ts';
import type { ShellFacts } from '../languages/shell/scriptFile.ts';
import type { SourceFacts } from '../languages/source/facts.ts';
import type { TomlFacts } from '../languages/toml/parse.ts';
import type { YamlFacts } from '../languages/yaml/parse.ts';
import type { LineMap } from '../text/lineMap.ts';
import type { Range } from '../text/range.ts';
import type { ContainerStart } from './containerStart.ts';
import type { Deployment } from './deployments/deployment.ts';
import type { McpServer } from './server.ts';
import type { ShutdownOptions } from './shutdownOptions.ts';

/** One file of a project with what its language recorded of it. Immutable. */
export interface ProjectFile {
  readonly path: string;
  readonly text: string;
  readonly lines: LineMap;
  readonly directives: readonly Directive[];
  readonly facts:
    | { readonly language: 'source'; readonly source: SourceFacts }
    | { readonly language: 'dockerfile'; readonly dockerfile: DockerfileFacts }
    | { readonly language: 'package'; readonly package: PackageFacts }
    | { readonly language: 'shell'; readonly shell: ShellFacts }
    | { readonly language: 'yaml'; readonly yaml: YamlFacts }
    | { readonly language: 'toml'; readonly toml: TomlFacts }
    | { readonly language: 'hcl'; readonly hcl: HclFacts }
    | { readonly language: 'other' };
}

/**
 * An immutable picture of the workspace: files with their facts, the servers that start in them, the
 * Dockerfiles that run those. Rules only ask it.
 */
export interface Project {
  /** The workspace folders. */
  readonly roots: readonly string[];
  /** Every file that was read, by path. */
  readonly files: ReadonlyMap<string, ProjectFile>;
  /** MCP servers, each found once, from the file that starts it. */
  readonly servers: readonly McpServer[];
  /**
   * Dockerfiles whose start command is of interest: those of an MCP workspace (a package of any language
   * depends on an MCP SDK), those opened without a folder, or all of them where the settings say so.
   */
  readonly dockerfiles: readonly DockerfileInProject[];
  /** How compose, Kubernetes and Fly run the workspace's images; those for development and tests are left out. */
  readonly deployments: readonly LinkedDeployment[];
  /** Whether a package of the workspace depends on an MCP SDK, in any language. */
  readonly isMcpWorkspace: boolean;
  /** What was left out and why ("stopped at 5,000 source files"), for a word to the user. */
  readonly limits: readonly string[];
  /** What people say of how the servers of a file shut down. */
  shutdownOptions(path: string): ShutdownOptions;
  /** The constructs of a file that are worth a hover even where nothing is wrong. */
  landmarksIn(path: string): readonly Landmark[];
}

export interface DockerfileInProject {
  readonly file: ProjectFile;
  readonly facts: DockerfileFacts;
  /** The servers that its start command runs, as far as that is known. */
  readonly servers: readonly McpServer[];
}

/** A deployment with what it is known to run. */
export interface LinkedDeployment extends Deployment {
  readonly dockerfile: DockerfileInProject | undefined;
  /** The stage of the Dockerfile that it runs. */
  readonly stage: Stage | undefined;
  /** What a command of its own starts in that image; `undefined` where it has none, or that is not known. */
  readonly start: ContainerStart | undefined;
  /** Empty where the link is not certain. */
  readonly servers: readonly McpServer[];
}

/** A key construct: where a signal is handled, a server listens, a transport starts, a container's command. */
export interface Landmark {
  readonly kind: 'signal-listener' | 'listen' | 'transport' | 'start-command';
  readonly range: Range;
  /** Signal names of a listener, the transport's name, or the command's text. */
  readonly detail: string;
}
