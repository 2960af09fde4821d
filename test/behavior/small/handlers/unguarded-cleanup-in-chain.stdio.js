
process.once('SIGTERM', () => {
  setTimeout(() => process.exit(1), 9_000).unref();
  drained()
    .then(() => pool.end())
    .then(() => server.close())
    .then(() => console.error('all closed'))
    .finally(() => process.exit(0));
});
process.once('SIGINT', () => process.emit('SIGTERM'));
