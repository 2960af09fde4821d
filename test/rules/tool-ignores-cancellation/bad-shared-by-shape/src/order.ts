import { setTimeout as sleep } from 'node:timers/promises';
import type { Job } from './jobs.js';

/** Keeps what it was given, and looks at its shape later. */
export class Order {
  private job: Job | undefined;

  async place(job: Job) {
    this.job = job;
    return this.carryOut();
  }

  private carryOut = async () => {
    if (!this.job || 'command' in this.job) return 'noted';
    return this.deliver();
  };

  private async deliver() {
    await sleep(5_000);
    return 'delivered';
  }
}
