import { MongoClient } from 'mongodb';

class Database {
  private readonly client: MongoClient;

  constructor(readonly name: string) {
    this.client = new MongoClient(process.env.MONGO_URL ?? 'mongodb://localhost');
  }

  collection(name: string) {
    return this.client.db(this.name).collection(name);
  }

  async disconnect(): Promise<void> {
    await this.client.close();
  }
}

export const database = new Database('reports');
