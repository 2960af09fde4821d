import neo4j, { type Driver } from 'neo4j-driver';

export class GraphDatabase {
  private static _instance: GraphDatabase | null = null;

  static get instance(): GraphDatabase {
    if (this._instance === null) {
      this._instance = new GraphDatabase(process.env.NEO4J_URL ?? 'bolt://localhost');
    }
    return this._instance;
  }

  private readonly driver: Driver;

  private constructor(url: string) {
    this.driver = neo4j.driver(url);
  }

  async query(text: string): Promise<unknown[]> {
    const { records } = await this.driver.executeQuery(text);
    return records;
  }
}
