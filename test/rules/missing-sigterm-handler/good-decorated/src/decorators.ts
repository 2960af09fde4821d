export function OnShutdown() {
  return (target: any, key: string) => {
    process.on('SIGTERM', async () => {
      await target[key]();
      process.exit(0);
    });
  };
}
