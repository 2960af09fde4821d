
//# database
@Injectable()
class Database {
  private readonly pool = new Pool();

  query(sql: string): Promise<unknown> {
    return this.pool.query(sql);
  }
}

