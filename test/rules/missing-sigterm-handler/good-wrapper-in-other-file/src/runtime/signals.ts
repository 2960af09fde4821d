export function registerShutdownHandlers(close: () => Promise<void>): void {
  const onSignal = (signal: NodeJS.Signals) => {
    console.error(`${signal} received`);
    close().finally(() => process.exit(0));
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}
