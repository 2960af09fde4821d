
class Application {
  private readonly openedAt = Date.now();

  constructor(private readonly database: Pool) {}

  listen(): void {
    process.on('SIGTERM', () => this.stop());
    process.on('SIGINT', () => this.stop());
  }

  /** Lets the calls finish. */
  private async stop(): Promise<void> {
    console.error(`stopping after ${Date.now() - this.openedAt} ms`);
    await drained();
    await this.database.end();
    await sleep(300);
    process.exit(0);
  }
}

new Application(pool).listen();
