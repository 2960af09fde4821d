import { MongoClient } from 'mongodb';

let client: MongoClient | undefined;

export async function articles() {
  client ??= await new MongoClient(process.env.MONGO_URL!).connect();
  return client.db('wiki').collection('articles');
}

export async function disconnect() {
  await client?.close();
  client = undefined;
}
