
process.once('SIGTERM', () => {
  listener.close();
  pool.end().finally(() => process.exit(0));
});
