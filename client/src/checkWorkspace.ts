import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import {
  type LanguageClient,
  LSPErrorCodes,
  ResponseError,
  WorkDoneProgress,
} from 'vscode-languageclient/node';
import {
  type CheckWorkspaceParams,
  type CheckWorkspaceResult,
  checkWorkspaceRequest,
} from '../../server/src/lsp/protocol.ts';
import type { LanguageServer } from './languageServer.ts';
import { count } from './statusItem.ts';

type Progress = vscode.Progress<{ message?: string; increment?: number }>;

/** Checks every file of the workspace, open or not, with a progress notification that can be cancelled. */
export async function checkWorkspace(server: LanguageServer): Promise<void> {
  const client = await server.start();
  if (!client) return;
  const result = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: 'Checking the shutdown of MCP servers',
      cancellable: true,
    },
    (progress, cancel) => request(client, progress, cancel),
  );
  if (result) await tell(result);
}

/** @returns `undefined` when the user cancelled it. */
async function request(
  client: LanguageClient,
  progress: Progress,
  cancel: vscode.CancellationToken,
): Promise<CheckWorkspaceResult | undefined> {
  const params: CheckWorkspaceParams = { workDoneToken: randomUUID() };
  const listener = client.onProgress(WorkDoneProgress.type, params.workDoneToken!, forwardTo(progress));
  try {
    return await client.sendRequest<CheckWorkspaceResult>(checkWorkspaceRequest, params, cancel);
  } catch (error) {
    const wasCancelled = error instanceof ResponseError && error.code === LSPErrorCodes.RequestCancelled;
    if (wasCancelled || cancel.isCancellationRequested) return undefined;
    throw error;
  } finally {
    listener.dispose();
  }
}

/** The server says how far it is, the editor wants to hear how much further. */
function forwardTo(progress: Progress) {
  let done = 0;
  return (value: { message?: string; percentage?: number }) => {
    const reached = value.percentage ?? done;
    progress.report({ message: value.message, increment: Math.max(0, reached - done) });
    done = Math.max(done, reached);
  };
}

async function tell({ files, findings, servers }: CheckWorkspaceResult): Promise<void> {
  const where = `in ${count(files, 'file')} with ${count(servers, 'MCP server')}`;
  if (findings === 0) {
    void vscode.window.showInformationMessage(`MCP Shutdown: nothing found ${where}.`);
    return;
  }
  const showProblems = 'Show Problems';
  const message = `MCP Shutdown: ${count(findings, 'finding')} ${where}.`;
  if ((await vscode.window.showInformationMessage(message, showProblems)) === showProblems) {
    await vscode.commands.executeCommand('workbench.actions.view.problems');
  }
}
