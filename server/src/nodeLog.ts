import { open } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { LogError, type LogStream } from './sizing/logStream.ts';

/**
 * Opens a log; one whose name ends in `.gz` is unpacked.
 * @throws a LogError when it cannot be read.
 */
export async function openLog(path: string): Promise<LogStream> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw new LogError(error.code === 'ENOENT' ? `There is no file "${path}".` : unreadable(path, error));
  });
  const stat = await file.stat();
  if (stat.isDirectory()) {
    await file.close();
    throw new LogError(`"${path}" is a folder, not a log.`);
  }
  const stream = file.createReadStream();
  const content = path.endsWith('.gz') ? pipeline(stream, createGunzip(), () => {}) : stream;
  return {
    size: stat.isFile() ? stat.size : undefined,
    bytesRead: () => stream.bytesRead,
    content: readable(path, content),
  };
}

/** What is piped into the program. */
export function standardInput(): LogStream {
  let read = 0;
  async function* counted(): AsyncIterable<Uint8Array> {
    for await (const bytes of process.stdin as AsyncIterable<Uint8Array>) {
      read += bytes.length;
      yield bytes;
    }
  }
  return { size: undefined, bytesRead: () => read, content: counted() };
}

async function* readable(path: string, stream: Readable): AsyncIterable<Uint8Array> {
  try {
    yield* stream;
  } catch (error) {
    throw new LogError(unreadable(path, error as NodeJS.ErrnoException));
  }
}

function unreadable(path: string, { code, message }: NodeJS.ErrnoException): string {
  return `"${path}" cannot be read: ${code ?? message}.`;
}
