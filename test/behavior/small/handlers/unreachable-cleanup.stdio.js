
process.once('SIGTERM', async () => {
  try {
    await drained();
    await server.close();
    process.exit(0);
  } finally {
    await pool.end();
  }
});
