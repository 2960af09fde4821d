import { TransportManager } from '../transports/manager.js';

export class App {
  private readonly transports = new TransportManager();

  async run() {
    await this.transports.start();
    const stop = (signal: string) => void this.shutdown(signal);
    process.on('SIGTERM', () => stop('SIGTERM'));
    process.on('SIGINT', () => stop('SIGINT'));
  }

  private async shutdown(signal: string) {
    console.error(signal);
    await this.transports.stop();
    process.exit(0);
  }
}
