export class Lifecycle {
  constructor(
    private readonly close: () => Promise<void>,
    private readonly exitProcess: (code: number) => void,
  ) {}

  listen() {
    process.on('SIGTERM', () => this.stop());
  }

  private async stop() {
    await this.close();
    this.exitProcess(0);
  }
}
