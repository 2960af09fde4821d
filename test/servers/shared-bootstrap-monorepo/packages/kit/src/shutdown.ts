type Task = () => Promise<unknown>;

const tasks: Task[] = [];
let running = false;

export function onShutdown(task: Task): void {
  tasks.push(task);
}

async function shutDown(signal: string): Promise<void> {
  if (running) return;
  running = true;
  console.error(`${signal}: stopping`);
  for (const task of tasks) await task();
  // leave the requests that are still open some time
  await new Promise((resolve) => setTimeout(resolve, 5000));
  process.exit(0);
}

process.on('SIGTERM', () => shutDown('SIGTERM'));
process.on('SIGINT', () => shutDown('SIGINT'));
