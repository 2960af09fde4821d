import { isInside } from '../text/paths.ts';
import { buildProject } from './build.ts';
import { filesAbove, type Listing, listFolder } from './enumerate.ts';
import { kindOf } from './fileKinds.ts';
import { FileStore } from './fileStore.ts';
import type { FileSystem } from './fileSystem.ts';
import type { SourceModel } from './model.ts';
import type { Project } from './project.ts';
import type { ShutdownOptions } from './shutdownOptions.ts';

/** What the person's settings and trust allow the workspace to read. */
export interface WorkspaceOptions {
  /** Look at every Dockerfile, not only those of a workspace with an MCP server. Default false. */
  readonly allDockerfiles?: boolean;
  /** An untrusted workspace reads its folders alone, nothing above them. Default true. */
  readonly trusted?: boolean;
  /** What people say of how their servers shut down, by folder: the nearest one above a file counts. */
  readonly shutdown?: ReadonlyMap<string, ShutdownOptions>;
}

/** How many files and folders of one workspace folder are looked at. */
const maxEntries = 200_000;

/**
 * The files of some folders, with the editor's unsaved texts over the disk's. Keeps parsed files, so that a
 * keystroke parses one file again; `snapshot()` gives an immutable picture of the moment.
 */
export class Workspace {
  private readonly store: FileStore;
  private roots: readonly string[] = [];
  private options: WorkspaceOptions = {};
  private readonly listings = new Map<string, Listing>();
  private readonly above = new Map<string, readonly string[]>();
  private current: Project | undefined;
  private model: SourceModel | undefined;
  /** Grows with every change, so that a snapshot that was overtaken is not kept. */
  private changes = 0;
  private running: Promise<unknown> = Promise.resolve();

  constructor(readonly fileSystem: FileSystem) {
    this.store = new FileStore(fileSystem);
  }

  /** Sets the folders (core paths) and options; what was read before is kept where still valid. */
  configure(roots: readonly string[], options: WorkspaceOptions): void {
    // A folder inside another one is read with it.
    this.roots = roots.filter((root) => !roots.some((other) => other !== root && isInside(other, root)));
    this.options = options;
    for (const root of [...this.listings.keys()]) if (!this.roots.includes(root)) this.listings.delete(root);
    this.touch();
  }

  /** The editor's text of a file from now on; `version` grows with each change. */
  setOpenText(path: string, text: string, version: number): void {
    this.store.setOpen(path, text, version);
    this.touch();
  }

  /** The editor closed the file: the disk's text counts again. */
  closeText(path: string): void {
    this.store.close(path);
    this.touch();
  }

  /** Files that changed, appeared or vanished on disk (a watcher's word). A folder stands for all below it. */
  filesChanged(paths: readonly string[]): void {
    for (const path of paths) {
      const isKnown = this.store.forget(path);
      // A known source file that vanished is noticed when it is read; an unknown path may be new, or a folder.
      const root = this.roots.find((folder) => isInside(folder, path));
      if (!root || root === path) this.forgetFilesAbove();
      if (root && !(isKnown && kindOf(path) === 'source')) this.listings.delete(root);
    }
    this.touch();
  }

  /**
   * The picture of the moment. Cheap when nothing changed (the same object comes back).
   * @throws the signal's reason when it is aborted meanwhile.
   */
  async snapshot(signal?: AbortSignal): Promise<Project> {
    const turn = this.running.then(() => this.build(signal));
    this.running = turn.catch(() => undefined);
    return turn;
  }

  private async build(signal?: AbortSignal): Promise<Project> {
    signal?.throwIfAborted();
    if (this.current) return this.current;
    const { changes } = this;
    const listings: Listing[] = [];
    for (const root of this.roots) listings.push(await this.list(root, signal));
    const above = this.options.trusted === false ? [] : await this.filesAboveRoots();
    const { project, model } = await buildProject({
      roots: this.roots,
      listings,
      above,
      store: this.store,
      allDockerfiles: this.options.allDockerfiles ?? false,
      shutdown: this.options.shutdown ?? new Map(),
      signal,
      lastModel: this.model,
    });
    this.model = model;
    if (changes === this.changes) this.current = project;
    return project;
  }

  private async list(root: string, signal?: AbortSignal): Promise<Listing> {
    let listing = this.listings.get(root);
    if (!listing) {
      listing = await listFolder(root, this.fileSystem, maxEntries, signal);
      this.listings.set(root, listing);
    }
    return listing;
  }

  private async filesAboveRoots(): Promise<string[]> {
    for (const root of this.roots) {
      if (!this.above.has(root)) this.above.set(root, await filesAbove(root, this.fileSystem));
    }
    return [...new Set(this.roots.flatMap((root) => this.above.get(root) ?? []))];
  }

  private forgetFilesAbove(): void {
    for (const path of [...this.above.values()].flat()) this.store.forget(path);
    this.above.clear();
  }

  private touch(): void {
    this.changes += 1;
    this.current = undefined;
  }
}
