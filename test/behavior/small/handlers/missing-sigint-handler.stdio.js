
async function stop() {
  setTimeout(() => process.exit(1), 9_000).unref();
  await drained();
  await server.close();
  process.exit(0);
}

process.once('SIGTERM', stop);
