
process.once('SIGTERM', () => {
  setTimeout(() => process.exit(1), 9_000).unref();
  drained()
    .finally(() => process.exit(0));
});
process.once('SIGINT', () => process.emit('SIGTERM'));
