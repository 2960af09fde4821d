
let isStopping = false;

process.on('SIGTERM', async () => {
  if (isStopping) return;
  isStopping = true;
  setTimeout(() => process.exit(1), 9_000).unref();
  await drained();
  for (const transport of transports.values()) await transport.close();
  process.exit(0);
});
