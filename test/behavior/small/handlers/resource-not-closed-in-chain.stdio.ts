
function stop(): void {
  setTimeout(() => process.exit(1), 9_000).unref();
  drained()
    .then(() => server.close())
    .then(
      () => process.exit(0),
      () => process.exit(1),
    );
}

process.once('SIGTERM', stop);
process.once('SIGINT', stop);
