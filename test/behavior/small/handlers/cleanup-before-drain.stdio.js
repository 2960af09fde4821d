
process.once('SIGTERM', async () => {
  await server.close();
  await drained();
  process.exit(0);
});
