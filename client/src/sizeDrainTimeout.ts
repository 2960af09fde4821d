import { basename } from 'node:path';
import * as vscode from 'vscode';
import { openLog } from '../../server/src/nodeLog.ts';
import type { LogStream } from '../../server/src/sizing/logStream.ts';
import { unitOf } from '../../server/src/sizing/record.ts';
import { Sizing, type SizingResult } from '../../server/src/sizing/sizing.ts';
import { durationText, noCalls, sizingText } from '../../server/src/sizing/text.ts';
import type { Reports } from './reports.ts';

const defaultField = 'duration_ms';

/**
 * Suggests a drain timeout from logs of tool calls: asks for the files unless some are given, and for the field
 * where the usual one is in none of them; shows the distribution as a document.
 */
export async function sizeDrainTimeout(reports: Reports, given?: unknown): Promise<void> {
  const files = given instanceof vscode.Uri ? [given] : await askForLogs();
  if (!files || files.length === 0) return;
  let field: string | undefined = defaultField;
  while (field !== undefined) {
    const result = await read(files, field);
    if (!result) return;
    if (result.suggestion) return show(reports, files, result);
    field = await askForField(result);
  }
}

async function askForLogs(): Promise<vscode.Uri[] | undefined> {
  return vscode.window.showOpenDialog({
    title: 'Logs of tool calls, one JSON object a line',
    openLabel: 'Suggest Drain Timeout',
    canSelectMany: true,
    filters: { Logs: ['log', 'json', 'jsonl', 'ndjson', 'txt', 'gz'], 'All files': ['*'] },
  });
}

/** @returns `undefined` when the user cancelled it or a log cannot be read; the user has then been told. */
async function read(files: readonly vscode.Uri[], field: string): Promise<SizingResult | undefined> {
  try {
    return await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: 'Reading how long tool calls took',
        cancellable: true,
      },
      (progress, cancel) => readAll(files, field, progress, cancel),
    );
  } catch (error) {
    void vscode.window.showErrorMessage(`MCP Shutdown: ${(error as Error).message}`);
    return undefined;
  }
}

async function readAll(
  files: readonly vscode.Uri[],
  field: string,
  progress: vscode.Progress<{ message?: string; increment?: number }>,
  cancel: vscode.CancellationToken,
): Promise<SizingResult | undefined> {
  const sizing = new Sizing({ field, unit: unitOf(field) });
  const stop = new AbortController();
  const listener = cancel.onCancellationRequested(() => stop.abort());
  try {
    const logs = await Promise.all(files.map(({ fsPath }) => openLog(fsPath)));
    const heard = percentages(logs, (percent, more) =>
      progress.report({ message: `${percent} %`, increment: more }),
    );
    for (const { content } of logs) await sizing.read(content, heard, stop.signal);
    return sizing.result();
  } catch (error) {
    if (cancel.isCancellationRequested) return undefined;
    throw error;
  } finally {
    listener.dispose();
  }
}

/** Tells each whole percent once, with how many more it is than before. */
function percentages(logs: readonly LogStream[], tell: (percent: number, more: number) => void): () => void {
  const total = logs.reduce((sum, { size }) => sum + (size ?? 0), 0);
  let told = 0;
  return () => {
    const done = logs.reduce((sum, log) => sum + log.bytesRead(), 0);
    const percent = total > 0 ? Math.min(100, Math.floor((done / total) * 100)) : 0;
    if (percent > told) tell(percent, percent - told);
    told = Math.max(told, percent);
  };
}

/** Says what is missing and lets the user name a field. */
async function askForField(result: SizingResult): Promise<string | undefined> {
  const message = `MCP Shutdown: ${noCalls(result)}`;
  if (result.lines.notJson === result.lines.total) {
    void vscode.window.showWarningMessage(message);
    return undefined;
  }
  const choose = 'Choose Another Field';
  if ((await vscode.window.showWarningMessage(message, choose)) !== choose) return undefined;
  return vscode.window.showInputBox({
    title: 'The field that holds how long a tool call took',
    prompt:
      'Dots lead into objects: call.latency. A name such as latency_s means seconds, any other milliseconds.',
    value: result.otherFields[0] ?? '',
  });
}

async function show(reports: Reports, files: readonly vscode.Uri[], result: SizingResult): Promise<void> {
  const names = files.map(({ fsPath }) => basename(fsPath));
  await reports.show(`Drain timeout from ${names.join(', ')}`, sizingText(result));
  const { drainTimeoutMs, gracePeriodSeconds } = result.suggestion!;
  const setting = `DRAIN_TIMEOUT_MS=${drainTimeoutMs}`;
  const copy = `Copy ${setting}`;
  const message = `MCP Shutdown: P99 is ${durationText(result.calls.p99)}, so ${setting}, with a grace period of at least ${gracePeriodSeconds} s.`;
  if ((await vscode.window.showInformationMessage(message, copy)) === copy) {
    await vscode.env.clipboard.writeText(setting);
  }
}
