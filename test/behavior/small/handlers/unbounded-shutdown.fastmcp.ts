
process.once('SIGTERM', async () => {
  await drained();
  await server.stop();
  await pool.end();
  process.exit(0);
});
