
class Application {
  constructor(database) {
    this.database = database;
  }

  listen() {
    process.on('SIGTERM', () => this.stop());
    process.on('SIGINT', () => this.stop());
  }

  async stop() {
    console.error('stopping');
    await drained();
    await this.database.end();
    await sleep(300);
    process.exit(0);
  }
}

new Application(pool).listen();
