import { Worker } from 'node:worker_threads';

interface Task {
  resolve(text: string): void;
  reject(error: Error): void;
}

const worker = new Worker(new URL('./render.js', import.meta.url));
const tasks: Task[] = [];
worker.on('message', (text: string) => tasks.shift()?.resolve(text));

export function render(markdown: string): Promise<string> {
  return new Promise((resolve, reject) => {
    tasks.push({ resolve, reject });
    worker.postMessage(markdown);
  });
}

async function endPool(): Promise<void> {
  for (const task of tasks) task.reject(new Error('the pool is closed'));
  await worker.terminate();
}

process.once('SIGTERM', endPool);
