import * as vscode from 'vscode';

/** The pages of the rules, which come with the extension: they can be read without a network. */
export class RulePages implements vscode.UriHandler {
  readonly #folder: vscode.Uri;

  constructor(extension: vscode.Uri) {
    this.#folder = vscode.Uri.joinPath(extension, 'docs', 'rules');
  }

  /** Answers `vscode://mcp-graceful-shutdown.mcp-graceful-shutdown/rules/<id>`, the link behind a finding's code. */
  async handleUri(uri: vscode.Uri): Promise<void> {
    await this.#show(/^\/rules\/([^/]+)$/.exec(uri.path)?.[1] ?? uri.path);
  }

  /** Opens a rule's page as a preview. Anything but a rule's id lets the user choose one. */
  async open(id: unknown): Promise<void> {
    const chosen = typeof id === 'string' ? id : await this.#choose();
    if (chosen !== undefined) await this.#show(chosen);
  }

  /** A link can come from anywhere: only the name of a page that exists is taken. */
  async #show(id: string): Promise<void> {
    if (!(await this.#ids()).includes(id)) {
      void vscode.window.showWarningMessage(`MCP Shutdown has no rule called "${id}".`);
      return;
    }
    const page = vscode.Uri.joinPath(this.#folder, `${id}.md`);
    await vscode.commands.executeCommand('markdown.showPreview', page);
  }

  async #choose(): Promise<string | undefined> {
    return vscode.window.showQuickPick(await this.#ids(), { placeHolder: 'Rule' });
  }

  async #ids(): Promise<string[]> {
    const entries = await vscode.workspace.fs.readDirectory(this.#folder);
    return entries.flatMap(([name]) => /^([a-z-]+)\.md$/.exec(name)?.[1] ?? []).sort();
  }
}
