export function onShutdown(close: () => Promise<unknown>) {
  process.on('SIGTERM', async () => {
    await close();
    process.exit(0);
  });
}
