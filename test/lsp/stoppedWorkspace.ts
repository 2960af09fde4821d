import { Workspace, type WorkspaceOptions } from '../../server/src/project/workspace.ts';

/** A workspace in which a test can stop the time. */
export class StoppedWorkspace extends Workspace {
  readonly configured: WorkspaceOptions[] = [];
  snapshots = 0;
  limits: string[] = [];
  private gate: Promise<void> | undefined;
  private open = () => {};

  stop(): void {
    this.gate = new Promise((resolve) => {
      this.open = resolve;
    });
  }

  go(): void {
    this.gate = undefined;
    this.open();
  }

  override configure(roots: readonly string[], options: WorkspaceOptions): void {
    this.configured.push(options);
    super.configure(roots, options);
  }

  /** Like a slow disk: pays no attention to the signal once it waits. */
  override async snapshot(signal?: AbortSignal) {
    const project = await super.snapshot(signal);
    this.snapshots += 1;
    await this.gate;
    return { ...project, limits: this.limits };
  }
}
