import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { timelinesRequest } from '../../server/src/lsp/protocol.ts';
import { svgDocument } from '../../server/src/timeline/svg.ts';
import type { LocationView, TimelineView } from '../../server/src/timeline/view.ts';
import type { LanguageServer } from './languageServer.ts';
import { placesIn, readMessage, timelineContent, timelinePage } from './timelinePage.ts';

const title = 'Shutdown Timeline';

/** The view with the timelines of the workspace: one at a time, kept up to date while it is open. */
export class TimelinePanel implements vscode.Disposable {
  readonly #server: LanguageServer;
  #panel: vscode.WebviewPanel | undefined;
  #views: readonly TimelineView[] = [];

  constructor(server: LanguageServer) {
    this.#server = server;
  }

  /** Shows the view, or brings it to the front. */
  async show(): Promise<void> {
    if (this.#panel) return this.#panel.reveal();
    const panel = vscode.window.createWebviewPanel('mcpShutdown.timeline', title, vscode.ViewColumn.Active, {
      enableScripts: true,
      enableFindWidget: true,
      localResourceRoots: [],
    });
    this.#panel = panel;
    const listeners = vscode.Disposable.from(
      panel.webview.onDidReceiveMessage((message) => this.#receive(message)),
      this.#server.onDidCheck(() => void this.#refresh()),
    );
    panel.onDidDispose(() => {
      listeners.dispose();
      this.#panel = undefined;
    });
    panel.webview.html = timelinePage(randomBytes(16).toString('hex'));
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  async #receive(value: unknown): Promise<void> {
    const message = readMessage(value);
    if (message?.type === 'ready') await this.#refresh();
    if (message?.type === 'export') await this.#export();
    const place = message?.type === 'open' ? placesIn(this.#views)[message.place] : undefined;
    if (place?.uri !== undefined) await this.#open(place, vscode.Uri.parse(place.uri, true));
  }

  /** A view that is not seen asks again when it is. */
  async #refresh(): Promise<void> {
    const panel = this.#panel;
    if (!panel?.visible) return;
    const client = await this.#server.start();
    try {
      this.#views = (await client?.sendRequest<TimelineView[]>(timelinesRequest)) ?? [];
      await panel.webview.postMessage({ type: 'show', html: timelineContent(this.#views) });
    } catch {
      const html = '<p>The timelines could not be read; the output of MCP Shutdown says why.</p>';
      // It may have been closed meanwhile.
      if (this.#panel === panel) await panel.webview.postMessage({ type: 'show', html });
    }
  }

  /** Shows a place beside the view. */
  async #open({ line, column }: LocationView, uri: vscode.Uri): Promise<void> {
    const at = new vscode.Position(line - 1, column - 1);
    const isFirst = this.#panel?.viewColumn === vscode.ViewColumn.One;
    await vscode.window.showTextDocument(uri, {
      selection: new vscode.Range(at, at),
      viewColumn: isFirst ? vscode.ViewColumn.Beside : vscode.ViewColumn.One,
    });
  }

  async #export(): Promise<void> {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const target = await vscode.window.showSaveDialog({
      title: 'Export the shutdown timelines',
      saveLabel: 'Export SVG',
      filters: { SVG: ['svg'] },
      defaultUri: folder && vscode.Uri.joinPath(folder, 'shutdown-timeline.svg'),
    });
    if (!target) return;
    try {
      await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(svgDocument(this.#views)));
    } catch (error) {
      void vscode.window.showErrorMessage(
        `MCP Shutdown: the SVG could not be written: ${(error as Error).message}`,
      );
    }
  }
}
