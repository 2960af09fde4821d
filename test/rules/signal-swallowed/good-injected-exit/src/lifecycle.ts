interface Hooks {
  close(): void;
  exit(code: number): void;
}

export function onStop(hooks: Hooks): void {
  process.on('SIGTERM', () => {
    hooks.close();
    setTimeout(() => hooks.exit(0), 3_000);
  });
}
