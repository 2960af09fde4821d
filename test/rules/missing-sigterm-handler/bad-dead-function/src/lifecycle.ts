export function log(message: string) {
  console.error(`[search] ${message}`);
}

/** Meant to be called from the entry, and forgotten. */
export function setupShutdown(close: () => Promise<void>) {
  process.on('SIGTERM', async () => {
    await close();
    process.exit(0);
  });
}
