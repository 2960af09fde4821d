
//# database
@Injectable()
class Database {
  private readonly pool = new Pool();

  query(sql: string): Promise<unknown> {
    return this.pool.query(sql);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}

//# hooks
async onModuleDestroy(): Promise<void> {
  for (const transport of this.open) await transport.close();
  console.error('all closed');
}

