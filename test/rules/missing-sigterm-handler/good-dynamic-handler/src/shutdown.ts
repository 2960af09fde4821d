export function onStop(close: () => Promise<void>) {
  process.on('SIGTERM', () => close().finally(() => process.exit(0)));
}
