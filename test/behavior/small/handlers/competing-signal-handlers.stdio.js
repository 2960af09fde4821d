
process.once('SIGTERM', async () => {
  setTimeout(() => process.exit(1), 9_000).unref();
  await drained();
  await pool.end();
  process.exit(0);
});

process.on('SIGTERM', () => process.exit(0));
