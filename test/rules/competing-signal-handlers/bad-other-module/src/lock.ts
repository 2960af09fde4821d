import { rmSync } from 'node:fs';

export function removeAtExit(file: string): void {
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
      rmSync(file, { force: true });
      process.exit(0);
    });
  }
}
