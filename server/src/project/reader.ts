import type { PackageFacts } from '../languages/packageJson.ts';
import { basename, dirname, isInside, joinPath, relativePath } from '../text/paths.ts';
import type { Listing } from './enumerate.ts';
import { isShellScript, isTest, kindOf } from './fileKinds.ts';
import type { FileStore } from './fileStore.ts';
import { isMcpPackage, namesMcpSdk } from './mcpPackages.ts';
import type { ProjectFile } from './project.ts';
import { scriptNamesIn } from './scriptNames.ts';

/** How many source files of a workspace are read. */
const maxSourceFiles = 6_000;

const deploymentKinds = new Set<string>(['yaml', 'toml', 'hcl', 'environment', 'make', 'process']);

/** How many YAML, TOML, HCL and env files, shell scripts and makefiles are looked at. */
const maxDeploymentFiles = 2_000;

/** How many shell scripts are read. */
const maxScripts = 200;

export interface ReaderInput {
  readonly roots: readonly string[];
  readonly listings: readonly Listing[];
  /** The package.json, tsconfig and config files above the roots. */
  readonly above: readonly string[];
  readonly store: FileStore;
  readonly signal: AbortSignal | undefined;
}

/** A package.json with its facts. */
export interface PackageFile {
  readonly path: string;
  readonly facts: PackageFacts;
}

export type SourceFile = ProjectFile & {
  readonly facts: Extract<ProjectFile['facts'], { language: 'source' }>;
};

/** Reads files of the listings by kind and answers the module resolver's questions about them. */
export class ProjectReader {
  readonly files = new Map<string, ProjectFile>();
  readonly limits: string[] = [];
  private readonly listed: Set<string>;
  private isMcp: boolean | undefined;

  constructor(private readonly input: ReaderInput) {
    this.listed = new Set(input.listings.flatMap(({ files }) => [...files]));
    for (const path of input.store.openPaths) if (this.isServed(path)) this.listed.add(path);
    if (input.listings.some(({ isCut }) => isCut)) {
      this.limits.push(
        'The workspace holds very many files; those beyond the first 200,000 were not looked at.',
      );
    }
  }

  get roots(): readonly string[] {
    return this.input.roots;
  }

  /** Whether a source file was read. */
  has(path: string): boolean {
    return this.files.get(path)?.facts.language === 'source';
  }

  text(path: string): string | undefined {
    return this.files.get(path)?.text;
  }

  /** An open file counts wherever it lies, unless its folder has it ignored. */
  private isServed(path: string): boolean {
    const index = this.input.roots.findIndex((root) => isInside(root, path));
    return index < 0 || !this.input.listings[index]?.isIgnored(path);
  }

  isInRoots(path: string): boolean {
    return this.input.roots.length === 0 || this.isInFolder(path);
  }

  async readManifests(): Promise<void> {
    for (const kind of ['package', 'tsconfig', 'config', 'manifest', 'platform'] as const)
      await this.readKind(kind);
    for (const path of this.input.above) await this.read(path);
  }

  /** @param all also those inside the workspace folders; one that is open outside of them is always of interest */
  async readDockerfiles(all: boolean): Promise<void> {
    for (const path of this.listed) {
      const isWanted = kindOf(path) === 'dockerfile' || kindOf(path) === 'bake';
      if (isWanted && (all || !this.isInFolder(path))) await this.read(path);
    }
  }

  /** The shell scripts that a Dockerfile or a deployment file names, and those that these call by name. */
  async readScripts(): Promise<void> {
    const byName = new Map<string, string[]>();
    for (const path of [...this.listed].filter(isShellScript)) {
      byName.set(basename(path), [...(byName.get(basename(path)) ?? []), path]);
    }
    if (byName.size === 0) return;
    const queue = [...this.files.values()].filter(({ facts }) =>
      /^(dockerfile|yaml|toml|hcl)$/.test(facts.language),
    );
    const seen = new Set<string>();
    for (let file = queue.pop(); file && seen.size < maxScripts; file = queue.pop()) {
      for (const path of scriptNamesIn(file).flatMap((name) => byName.get(name) ?? [])) {
        if (seen.has(path)) continue;
        seen.add(path);
        const script = await this.read(path);
        if (script) queue.push(script);
      }
    }
  }

  /** The files that may say how the servers are run, the env files beside them, and scripts about containers. */
  async readDeploymentFiles(all: boolean): Promise<void> {
    const isWanted = (path: string) => deploymentKinds.has(kindOf(path) ?? '') || isShellScript(path);
    const found = [...this.listed].filter((path) => isWanted(path) && (all || !this.isInFolder(path)));
    for (const path of found.slice(0, maxDeploymentFiles)) {
      this.input.signal?.throwIfAborted();
      const file = await this.input.store.read(path);
      const { language } = file?.facts ?? {};
      const isOfUse =
        language === 'yaml' ||
        language === 'toml' ||
        language === 'hcl' ||
        /^(environment|process)$/.test(kindOf(path) ?? '') ||
        /\b(docker|podman|flyctl|fly)\b/.test(file?.text ?? '');
      if (file && isOfUse) this.files.set(path, file);
    }
  }

  private isInFolder(path: string): boolean {
    return this.input.roots.some((root) => isInside(root, path));
  }

  private async readKind(kind: ReturnType<typeof kindOf>): Promise<void> {
    for (const path of this.listed) if (kindOf(path) === kind) await this.read(path);
  }

  async read(path: string): Promise<ProjectFile | undefined> {
    this.input.signal?.throwIfAborted();
    const known = this.files.get(path);
    if (known) return known;
    const file = await this.input.store.read(path);
    if (file) this.files.set(path, file);
    return file;
  }

  /** The source files of packages that depend on MCP, of workspace packages that those load, and loose ones. */
  async readSources(): Promise<SourceFile[]> {
    const wanted: string[] = [];
    const chosen = this.mcpPackageFolders();
    const open = new Set(this.input.store.openPaths);
    for (const path of this.listed) {
      if (kindOf(path) !== 'source' || this.isTestFile(path)) continue;
      const owner = this.packageOf(path);
      // A file without a package belongs to the workspace around it, or to the person who has it open.
      if (owner ? chosen.has(owner.path) : this.isMcpWorkspace() || open.has(path)) wanted.push(path);
    }
    if (wanted.length > maxSourceFiles) {
      this.limits.push(
        `The workspace holds ${wanted.length} source files of MCP packages; ${maxSourceFiles} were read.`,
      );
      wanted.length = maxSourceFiles;
    }
    const sources: SourceFile[] = [];
    for (const path of wanted) {
      const file = await this.read(path);
      if (file && isSource(file)) sources.push(file);
    }
    return sources;
  }

  private isTestFile(path: string): boolean {
    const root = this.input.roots.find((folder) => isInside(folder, path));
    return root !== undefined && isTest(relativePath(root, path));
  }

  /** The files that decide where imports lead: package.json and tsconfig files. */
  manifests(): ProjectFile[] {
    return [...this.files.values()].filter(({ path }) => /^(package|tsconfig)$/.test(kindOf(path) ?? ''));
  }

  packages(): PackageFile[] {
    return [...this.files.values()].flatMap(({ path, facts }) =>
      facts.language === 'package' ? [{ path, facts: facts.package }] : [],
    );
  }

  packagesByName(): Map<string, PackageFile> {
    const named = this.packages().filter(({ facts }) => facts.name !== undefined);
    return new Map(named.map((file) => [file.facts.name ?? '', file]));
  }

  packageOf(path: string): PackageFile | undefined {
    for (let folder = dirname(path); ; folder = dirname(folder)) {
      const file = this.files.get(joinPath(folder, 'package.json'));
      if (file?.facts.language === 'package') return { path: file.path, facts: file.facts.package };
      if (folder === '' || folder === dirname(folder)) return undefined;
    }
  }

  /** Whether a package of any language depends on an MCP SDK; to be asked after `readManifests`. */
  isMcpWorkspace(): boolean {
    this.isMcp ??= this.findsMcp();
    return this.isMcp;
  }

  private findsMcp(): boolean {
    return (
      this.packages().some(({ facts }) => [...facts.dependencies.keys()].some(isMcpPackage)) ||
      [...this.files.values()].some(({ path, text }) => kindOf(path) === 'manifest' && namesMcpSdk(text))
    );
  }

  /**
   * package.json files whose package depends on MCP itself, through a package above it or over others of the workspace, or
   * is loaded by one that does.
   */
  private mcpPackageFolders(): Set<string> {
    const byName = this.packagesByName();
    const chosen = new Set<string>();
    const queue = this.mcpPackages();
    for (let next = queue.pop(); next; next = queue.pop()) {
      if (chosen.has(next.path)) continue;
      chosen.add(next.path);
      for (const name of next.facts.dependencies.keys()) {
        const inWorkspace = byName.get(name);
        if (inWorkspace) queue.push(inWorkspace);
      }
    }
    return chosen;
  }

  /** The packages that depend on MCP, and those that depend on one of them. */
  private mcpPackages(): PackageFile[] {
    const packages = this.packages();
    const dependents = new Map([...this.packagesByName().keys()].map((name) => [name, [] as PackageFile[]]));
    for (const file of packages)
      for (const name of file.facts.dependencies.keys()) dependents.get(name)?.push(file);
    const found = new Set(packages.filter(({ path, facts }) => this.dependsOnMcp(path, facts)));
    for (const { facts } of found) for (const file of dependents.get(facts.name ?? '') ?? []) found.add(file);
    return [...found];
  }

  private dependsOnMcp(path: string, facts: PackageFacts): boolean {
    if ([...facts.dependencies.keys()].some(isMcpPackage) || isMcpPackage(facts.name ?? '')) return true;
    const folder = dirname(path);
    if (folder === '' || folder === dirname(folder)) return false;
    const above = this.packageOf(joinPath(dirname(folder), 'x'));
    return above !== undefined && above.path !== path && this.dependsOnMcp(above.path, above.facts);
  }
}

function isSource(file: ProjectFile): file is SourceFile {
  return file.facts.language === 'source';
}
