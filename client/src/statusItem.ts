import * as vscode from 'vscode';
import type { StatusParams } from '../../server/src/lsp/protocol.ts';
import { documentSelector } from './documents.ts';

/** What the language server is doing, behind the braces in the status bar of the documents that it checks. */
export class StatusItem {
  #item: vscode.LanguageStatusItem | undefined;

  show(status: StatusParams): void {
    this.#item ??= createItem();
    this.#item.busy = status.state === 'checking';
    this.#item.text = `MCP Shutdown: ${count(status.servers, 'server')}, ${count(status.findings, 'finding')}`;
    this.#item.detail = status.message;
    this.#item.severity = severityOf(status.state);
  }

  hide(): void {
    this.#item?.dispose();
    this.#item = undefined;
  }

  dispose(): void {
    this.hide();
  }
}

function createItem(): vscode.LanguageStatusItem {
  const item = vscode.languages.createLanguageStatusItem('mcpShutdown.status', documentSelector);
  item.name = 'MCP Shutdown';
  item.command = { command: 'mcpShutdown.showOutput', title: 'Show Output' };
  return item;
}

function severityOf(state: StatusParams['state']): vscode.LanguageStatusSeverity {
  if (state === 'error') return vscode.LanguageStatusSeverity.Error;
  if (state === 'limited') return vscode.LanguageStatusSeverity.Warning;
  return vscode.LanguageStatusSeverity.Information;
}

/** `1 finding`, `2 findings`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
