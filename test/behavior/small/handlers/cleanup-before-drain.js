
process.once('SIGTERM', async () => {
  for (const transport of transports.values()) await transport.close();
  await drained();
  process.exit(0);
});
