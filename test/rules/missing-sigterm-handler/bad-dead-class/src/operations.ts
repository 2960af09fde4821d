export class Metrics {
  private readonly counts = new Map<string, number>();
  count(name: string) {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }
}

export class GracefulShutdown {
  private isStopping = false;
  constructor(private readonly close: () => Promise<void>) {
    process.on('SIGTERM', () => this.stop('SIGTERM'));
  }
  async stop(signal: string) {
    if (this.isStopping) return;
    this.isStopping = true;
    console.log(`${signal}: stopping`);
    await this.close();
    process.exit(0);
  }
}
