
let stopping;

async function stop() {
  setTimeout(() => process.exit(1), 9_000).unref();
  await drained();
  await pool.end();
  process.exit(0);
}

process.on('SIGKILL', () => (stopping ??= stop()));
process.on('SIGTERM', () => (stopping ??= stop()));
process.on('SIGINT', () => (stopping ??= stop()));
