
process.on('SIGTERM', () => {
  console.error('bye');
  process.exit(0);
});

process.once('SIGTERM', async () => {
  setTimeout(() => process.exit(1), 9_000).unref();
  await drained();
  await pool.end();
  for (const transport of transports.values()) await transport.close();
  process.exit(0);
});
