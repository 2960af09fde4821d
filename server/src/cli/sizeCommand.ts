import { LogError, type LogStream } from '../sizing/logStream.ts';
import { Sizing, type SizingResult } from '../sizing/sizing.ts';
import { noCalls, sizingText, warningsOf } from '../sizing/text.ts';
import type { Environment } from './environment.ts';
import { type SizeCommand, UsageError } from './options.ts';
import { ProgressBar } from './progressBar.ts';
import { printable } from './terminal.ts';

/**
 * `mcp-shutdown size`: reads logs as one and suggests a drain timeout.
 * @returns the exit code: 1 where no log holds a call's duration.
 * @throws UsageError when a log cannot be read.
 */
export async function sizeCommand(command: SizeCommand, environment: Environment): Promise<number> {
  const sizing = new Sizing(command.sizing);
  const logs: LogStream[] = [];
  for (const path of command.paths) logs.push(await asked(environment.openLog(path)));
  const bar = new ProgressBar(environment, totalOf(logs));
  const heard = () => bar.show(logs.reduce((sum, log) => sum + log.bytesRead(), 0));
  try {
    for (const { content } of logs) await asked(sizing.read(content, heard));
  } finally {
    bar.clear();
  }
  const result = sizing.result();
  const text = command.format === 'json' ? sizeJson(result, environment.version) : safeText(result);
  environment.write(text);
  return result.suggestion ? 0 : 1;
}

/** A log that cannot be read is the person's mistake, anything else is the product's. */
async function asked<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    throw error instanceof LogError ? new UsageError(printable(error.message)) : error;
  }
}

function totalOf(logs: readonly LogStream[]): number | undefined {
  return logs.reduce<number | undefined>(
    (sum, { size }) => (sum === undefined || size === undefined ? undefined : sum + size),
    0,
  );
}

/** Names of tools come from the log, and so may anything else. */
function safeText(result: SizingResult): string {
  return sizingText(result).split('\n').map(printable).join('\n');
}

/** The result for a program; within one `version` keys are only ever added. All durations are in ms. */
function sizeJson(result: SizingResult, version: string): string {
  const { options, calls, tools, durations, suggestion, lines, otherFields } = result;
  const value = {
    version: 1,
    tool: { name: 'mcp-shutdown', version },
    field: options.field,
    unit: options.unit,
    calls,
    tools,
    durations,
    suggestion: suggestion ?? null,
    warnings: suggestion ? warningsOf(result) : [noCalls(result)],
    lines,
    otherFields,
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}
