import { createInterface } from 'node:readline';

/** Calls back once when the client is gone. */
export function whenClientLeaves(callback) {
  const lines = createInterface({ input: process.stdin });
  lines.on('close', callback);
}
