import * as vscode from 'vscode';
import { LanguageClient, type LanguageClientOptions, TransportKind } from 'vscode-languageclient/node';
import {
  type InitializationOptions,
  openRuleCommand,
  type StatusParams,
  section,
  showTimelineCommand,
  statusNotification,
  trustGrantedNotification,
} from '../../server/src/lsp/protocol.ts';
import { documentSelector } from './documents.ts';
import { StatusItem } from './statusItem.ts';

const name = 'MCP Graceful Shutdown';

/** The language server's process and the client that talks to it: none before the first start. */
export class LanguageServer {
  readonly #context: vscode.ExtensionContext;
  readonly #output: vscode.LogOutputChannel;
  readonly #status: StatusItem;
  readonly #checked = new vscode.EventEmitter<void>();
  #client: Promise<LanguageClient | undefined> | undefined;

  /** A check is over: what the server would answer may be another. */
  readonly onDidCheck = this.#checked.event;

  constructor(context: vscode.ExtensionContext, output: vscode.LogOutputChannel) {
    this.#context = context;
    this.#output = output;
    this.#status = new StatusItem();
    context.subscriptions.push(
      this.#status,
      this.#checked,
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#announceTrust()),
    );
  }

  /**
   * Starts the server unless it runs already.
   * @returns its client, or `undefined` when it could not be started; the user has then been told.
   */
  start(): Promise<LanguageClient | undefined> {
    this.#client ??= this.#launch();
    return this.#client;
  }

  async stop(): Promise<void> {
    const client = await this.#client;
    this.#client = undefined;
    this.#status.hide();
    await client?.dispose();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async #launch(): Promise<LanguageClient | undefined> {
    const client = new LanguageClient(section, name, this.#serverOptions(), this.#clientOptions());
    client.onNotification(statusNotification, (status: StatusParams) => {
      this.#status.show(status);
      if (status.state !== 'checking') this.#checked.fire();
    });
    try {
      await client.start();
      return client;
    } catch (error) {
      this.#output.error(error instanceof Error ? error : String(error));
      void this.#offerOutput();
      this.#client = undefined;
      return undefined;
    }
  }

  #serverOptions() {
    const module = this.#context.asAbsolutePath('dist/server.cjs');
    const run = { module, transport: TransportKind.ipc };
    return { run, debug: { ...run, options: { execArgv: ['--nolazy', '--inspect=6009'] } } };
  }

  #clientOptions(): LanguageClientOptions {
    return {
      documentSelector,
      outputChannel: this.#output,
      initializationOptions: () => this.#initializationOptions(),
      // The server's texts may hold links to these, and to nothing else.
      markdown: { isTrusted: { enabledCommands: [openRuleCommand, showTimelineCommand] } },
    };
  }

  #initializationOptions(): InitializationOptions {
    return {
      trusted: vscode.workspace.isTrusted,
      ruleDocumentation: `${vscode.env.uriScheme}://${this.#context.extension.id}/rules/{rule}`,
      commands: [openRuleCommand, showTimelineCommand],
    };
  }

  async #announceTrust(): Promise<void> {
    const client = await this.#client;
    await client?.sendNotification(trustGrantedNotification);
  }

  async #offerOutput(): Promise<void> {
    const showOutput = 'Show Output';
    const message = `${name}: the language server could not be started.`;
    if ((await vscode.window.showErrorMessage(message, showOutput)) === showOutput) this.#output.show();
  }
}
