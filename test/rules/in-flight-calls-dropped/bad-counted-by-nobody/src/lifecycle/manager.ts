import { RequestDrainer } from './drainer.js';

type Hook = () => Promise<void>;

export class LifecycleManager {
  readonly drainer = new RequestDrainer(30_000);
  private readonly hooks: Hook[] = [];
  private state: 'running' | 'stopping' = 'running';

  onStop(hook: Hook): this {
    this.hooks.push(hook);
    return this;
  }

  listen(): void {
    process.once('SIGTERM', () => void this.stop());
    process.once('SIGINT', () => void this.stop());
  }

  private async stop(): Promise<void> {
    if (this.state === 'stopping') return;
    this.state = 'stopping';
    const force = setTimeout(() => process.exit(1), 35_000);
    await this.drainer.drain();
    for (const hook of this.hooks) await hook().catch((error) => console.error(error));
    clearTimeout(force);
    process.exit(0);
  }
}
