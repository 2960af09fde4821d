
process.once('SIGTERM', async () => {
  try {
    await drained();
    for (const transport of transports.values()) await transport.close();
    process.exit(0);
  } finally {
    await pool.end();
  }
});
