
let isStopping = false;

process.on('SIGINT', async () => {
  if (isStopping) return;
  isStopping = true;
  setTimeout(() => process.exit(1), 9_000).unref();
  await drained();
  await Promise.allSettled([...transports.values()].map((transport) => transport.close()));
  await pool.end();
  process.exit(0);
});
