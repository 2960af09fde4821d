import * as vscode from 'vscode';
import { checkWorkspace } from './checkWorkspace.ts';
import { LanguageServer } from './languageServer.ts';
import { whenThereIsWork } from './relevance.ts';
import { Reports } from './reports.ts';
import { RulePages } from './rulePages.ts';
import { sizeDrainTimeout } from './sizeDrainTimeout.ts';
import { TimelinePanel } from './timelinePanel.ts';

let server: LanguageServer | undefined;

/** Registers the commands; the language server is started once there is something for it to check. */
export function activate(context: vscode.ExtensionContext): void {
  const output = vscode.window.createOutputChannel('MCP Shutdown', { log: true });
  const pages = new RulePages(context.extensionUri);
  const reports = new Reports();
  const running = new LanguageServer(context, output);
  const timelines = new TimelinePanel(running);
  server = running;
  context.subscriptions.push(
    output,
    reports,
    timelines,
    vscode.window.registerUriHandler(pages),
    vscode.commands.registerCommand('mcpShutdown.openRule', (id?: unknown) => pages.open(id)),
    vscode.commands.registerCommand('mcpShutdown.showOutput', () => output.show()),
    vscode.commands.registerCommand('mcpShutdown.restartServer', () => running.restart()),
    vscode.commands.registerCommand('mcpShutdown.checkWorkspace', () => checkWorkspace(running)),
    vscode.commands.registerCommand('mcpShutdown.showTimeline', () => timelines.show()),
    vscode.commands.registerCommand('mcpShutdown.sizeDrainTimeout', (log?: unknown) =>
      sizeDrainTimeout(reports, log),
    ),
    whenThereIsWork(() => running.start()),
  );
}

/** Gives the language server the time to end on its own. */
export function deactivate(): Promise<void> | undefined {
  return server?.stop();
}
