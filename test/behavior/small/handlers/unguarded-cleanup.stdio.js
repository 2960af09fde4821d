
process.once('SIGTERM', async () => {
  setTimeout(() => process.exit(1), 9_000).unref();
  await drained();
  await pool.end();
  await server.close();
  console.error('all closed');
  process.exit(0);
});
