
process.once('SIGTERM', async () => {
  const end = Date.now() + 6_000;
  while (transports.size > 0 && Date.now() < end) await sleep(20);
  process.exit(0);
});
