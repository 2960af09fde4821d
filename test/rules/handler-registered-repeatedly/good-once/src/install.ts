let isInstalled = false;

export function install() {
  process.on('SIGTERM', () => setTimeout(() => process.exit(0), 1000));
}

export function installOnce() {
  if (isInstalled) return;
  isInstalled = true;
  process.on('SIGINT', () => setTimeout(() => process.exit(0), 1000));
}

export function installCounted() {
  if (process.listenerCount('SIGHUP') === 0) process.on('SIGHUP', () => setTimeout(() => process.exit(0), 1000));
}

export function withListener(): Promise<void> {
  return new Promise((resolve) => process.on('SIGUSR2', () => resolve()));
}
