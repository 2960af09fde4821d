import { Redis } from 'ioredis';

/** One connection for each database, opened by the first call that asks for it. */
export class Connections {
  private readonly open = new Map<number, Redis>();

  async to(db: number): Promise<Redis> {
    const known = this.open.get(db);
    if (known) return known;
    const connection = new Redis({ db, lazyConnect: true });
    await connection.connect();
    this.open.set(db, connection);
    return connection;
  }

  async closeAll(): Promise<void> {
    await Promise.allSettled([...this.open.values()].map((connection) => connection.quit()));
    this.open.clear();
  }
}
