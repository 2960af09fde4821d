
process.once('SIGTERM', async () => {
  await drained();
  await new Promise((resolve) => listener.close(resolve));
  process.exit(0);
});
