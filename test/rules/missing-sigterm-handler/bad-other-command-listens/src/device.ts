import { fileURLToPath } from 'node:url';

/** Offers this machine to a relay; a command of its own. */
export class Device {
  private isStopping = false;

  constructor() {
    process.on('SIGTERM', async () => {
      await this.stop();
      process.exit(0);
    });
  }

  async start(): Promise<void> {
    await fetch('https://relay.example/devices', { method: 'POST' });
  }

  private async stop(): Promise<void> {
    if (this.isStopping) return;
    this.isStopping = true;
    await fetch('https://relay.example/devices', { method: 'DELETE' });
  }
}

const isStartedItself =
  process.argv[1] &&
  (fileURLToPath(import.meta.url) === process.argv[1] || process.argv[1].endsWith('notes-device'));

if (isStartedItself) {
  await new Device().start();
}
