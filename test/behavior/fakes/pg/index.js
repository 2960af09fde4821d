// Stands in for PostgreSQL: keeps the process alive as an idle connection does, and says when it is released.
class Pool {
  constructor() {
    this.connection = setInterval(() => {}, 60_000);
    this.isEnded = false;
  }

  async query() {
    if (this.isEnded) throw new Error('Cannot use a pool after calling end on the pool');
    return { rows: [], rowCount: 0 };
  }

  async end() {
    // As the real one does.
    if (this.isEnded) throw new Error('Called end on pool more than once');
    this.isEnded = true;
    if (process.env.FAKE_PG === 'throw') throw new Error('the database is away');
    if (process.env.FAKE_PG === 'hang') await new Promise(() => {});
    clearInterval(this.connection);
    console.error('[pg] released');
  }
}

exports.Pool = Pool;
