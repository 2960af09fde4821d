
process.on('SIGTERM', async () => {
  if (isStopping) return;
  isStopping = true;
  await drained();
  for (const transport of transports.values()) await transport.close();
  process.exit(0);
});
//# state
let isStopping = false;
