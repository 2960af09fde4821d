import type { FileSystem } from './fileSystem.ts';
import type { Project } from './project.ts';

/** What the person's settings and trust allow the workspace to read. */
export interface WorkspaceOptions {
  /** Look at every Dockerfile, not only those of a workspace with an MCP server. Default false. */
  readonly allDockerfiles?: boolean;
  /** An untrusted workspace reads its folders alone, nothing above them. Default true. */
  readonly trusted?: boolean;
}

/**
 * The files of some folders, with the editor's unsaved texts over the disk's. Keeps parsed files, so that a
 * keystroke parses one file again; `snapshot()` gives an immutable picture of the moment.
 */
export class Workspace {
  constructor(readonly fileSystem: FileSystem) {}

  /** Sets the folders (core paths) and options; what was read before is kept where still valid. */
  configure(_roots: readonly string[], _options: WorkspaceOptions): void {
    throw new Error('not built yet');
  }

  /** The editor's text of a file from now on; `version` grows with each change. */
  setOpenText(_path: string, _text: string, _version: number): void {
    throw new Error('not built yet');
  }

  /** The editor closed the file: the disk's text counts again. */
  closeText(_path: string): void {
    throw new Error('not built yet');
  }

  /** Files that changed, appeared or vanished on disk (a watcher's word). A folder stands for all below it. */
  filesChanged(_paths: readonly string[]): void {
    throw new Error('not built yet');
  }

  /**
   * The picture of the moment. Cheap when nothing changed (the same object comes back).
   * @throws the signal's reason when it is aborted meanwhile.
   */
  async snapshot(_signal?: AbortSignal): Promise<Project> {
    throw new Error('not built yet');
  }
}
