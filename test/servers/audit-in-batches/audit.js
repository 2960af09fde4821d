import { appendFile } from 'node:fs/promises';

const records = [];

export function audit(record) {
  records.push({ at: Date.now(), ...record });
  if (records.length >= 100) void flush();
}

export async function flush() {
  const batch = records.splice(0);
  if (batch.length > 0) await appendFile('audit.jsonl', batch.map((record) => `${JSON.stringify(record)}\n`).join(''));
}

setInterval(flush, 5000);
