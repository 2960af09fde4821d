import mongoose from 'mongoose';

export default class Database {
  private static instance: Database;

  static getInstance(): Database {
    if (!Database.instance) Database.instance = new Database();
    return Database.instance;
  }

  async connect(url: string): Promise<void> {
    await mongoose.connect(url);
  }

  async disconnect(): Promise<void> {
    await mongoose.disconnect();
  }
}
