/** Closes and exits when the terminal says so. */
export function onInterrupt(close: () => Promise<void>): void {
  process.once('SIGINT', async () => {
    try {
      await close();
    } finally {
      process.exit(0);
    }
  });
}
