import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Workers for one run; none is left when that is over. */
export class IndexPool {
  private workers: Worker[] = [];

  async run(folder: string): Promise<string> {
    const worker = this.worker(0);
    worker.postMessage(folder);
    const [answer] = await once(worker, 'message');
    return String(answer);
  }

  async close(): Promise<void> {
    const open = this.workers.filter((worker) => worker.threadId > 0);
    this.workers = [];
    await Promise.all(open.map(async (worker) => worker.terminate()));
  }

  private worker(index: number): Worker {
    const known = this.workers[index];
    if (known) return known;
    const worker = new Worker(new URL('./indexer.js', import.meta.url));
    this.workers[index] = worker;
    return worker;
  }
}
