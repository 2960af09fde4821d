
process.once('SIGTERM', async () => {
  await drained();
  await pool.end();
  setTimeout(() => process.exit(1), 1_000);
  for (const transport of transports.values()) await transport.close();
  process.exit(0);
});
