// What has to be undone when this process ends, however it ends (but for SIGKILL).

const tasks = new Set();
const signals = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };
let isWatching = false;

/**
 * Runs `task`, which must be synchronous, when this process ends or is asked to.
 *
 * @param {() => void} task
 * @returns {() => void} takes the task off again
 */
export function whenThisProcessEnds(task) {
  watch();
  tasks.add(task);
  return () => tasks.delete(task);
}

function watch() {
  if (isWatching) return;
  isWatching = true;
  process.on('exit', runTasks);
  for (const [signal, number] of Object.entries(signals)) {
    // A script that stops things in its own, slower way listens itself.
    process.on(signal, () => process.listenerCount(signal) === 1 && process.exit(128 + number));
  }
}

function runTasks() {
  for (const task of tasks) {
    try {
      task();
    } catch (error) {
      console.error(error);
    }
  }
}
