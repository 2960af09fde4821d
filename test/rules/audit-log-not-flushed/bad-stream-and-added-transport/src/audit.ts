import { createWriteStream } from 'node:fs';
import { createLogger, transports } from 'winston';
import DailyRotateFile from 'winston-daily-rotate-file';

const stream = createWriteStream('calls.jsonl', { flags: 'a' });

export function record(tool: string): void {
  stream.write(`${JSON.stringify({ tool, at: Date.now() })}\n`);
}

export const log = createLogger({ transports: [new transports.Console()] });
log.add(new DailyRotateFile({ filename: 'server-%DATE%.log' }));

/** Nothing calls this. */
export function flushLogs(): Promise<void> {
  return new Promise((resolve) => stream.end(resolve));
}
