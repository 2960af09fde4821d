export const lifecycle = {
  onStop(close: () => Promise<void>) {
    process.once('SIGTERM', async () => {
      await close();
      process.exit(0);
    });
  },
};
