export function onSignals(close: () => Promise<void>) {
  process.on('SIGTERM', close);
  process.on('SIGINT', close);
}
