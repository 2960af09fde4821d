
process.once('SIGTERM', async () => {
  await drained();
  await pool.end();
  setTimeout(() => process.exit(1), 1_000);
  await server.close();
  process.exit(0);
});
