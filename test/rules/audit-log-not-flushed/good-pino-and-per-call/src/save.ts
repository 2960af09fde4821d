import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export async function save(text: string): Promise<void> {
  const file = createWriteStream('report.txt');
  await pipeline(Readable.from([text]), file);
}
