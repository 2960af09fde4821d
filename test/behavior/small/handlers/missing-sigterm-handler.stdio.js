
let stopping;

async function stop() {
  setTimeout(() => process.exit(1), 9_000).unref();
  await drained();
  await Promise.allSettled([server.close(), pool.end()]);
  process.exit(0);
}

process.on('SIGINT', () => (stopping ??= stop()));
