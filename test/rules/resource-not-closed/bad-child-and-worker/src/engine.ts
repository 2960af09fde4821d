import { type ChildProcess, spawn } from 'node:child_process';
import { Worker } from 'node:worker_threads';

export class Engine {
  private readonly child: ChildProcess;
  private readonly indexer = new Worker(new URL('./indexer.js', import.meta.url));

  constructor() {
    this.child = spawn('engine', ['--serve']);
  }

  async ask(question: string): Promise<string> {
    this.child.stdin?.write(`${question}\n`);
    return new Promise((resolve) => this.child.stdout?.once('data', (data) => resolve(String(data))));
  }

  isReady(): boolean {
    return this.indexer.threadId > 0;
  }
}
