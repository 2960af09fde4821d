
let stopping: Promise<void> | undefined;

async function stop(): Promise<void> {
  setTimeout(() => process.exit(1), 9_000).unref();
  await drained();
  await pool.end();
  process.exit(0);
}

for (const signal of ['SIGINT', 'SIGSTOP', 'SIGTERM'] as const) {
  process.on(signal, () => (stopping ??= stop()));
}
