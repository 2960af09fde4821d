import { PassThrough } from 'node:stream';
import { createConnection } from 'vscode-languageserver';
import {
  type ClientCapabilities,
  type CodeAction,
  createProtocolConnection,
  type Diagnostic,
  type Hover,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
  type TextEdit,
  type WatchDog,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { OpenWorkspace } from '../../server/src/engine/analysis.ts';
import type { Rule } from '../../server/src/engine/types.ts';
import { type StatusParams, statusNotification } from '../../server/src/lsp/protocol.ts';
import { startServer } from '../../server/src/lsp/startServer.ts';
import { applyEdits } from '../../server/src/text/edits.ts';
import { LineMap } from '../../server/src/text/lineMap.ts';
import { fullCapabilities } from './fullCapabilities.ts';
import { MemoryFileSystem } from './memoryFileSystem.ts';

export interface ClientOptions {
  readonly rules?: readonly Rule[];
  /** Default: the real one. */
  readonly workspace?: (disk: MemoryFileSystem) => OpenWorkspace;
  /** The disk, by core path. */
  readonly files?: Readonly<Record<string, string>>;
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: unknown;
  /** What the client answers when it is asked for the section; changed by a test with `settings`. */
  readonly settings?: unknown;
  /** URIs; default `file:///repo`. */
  readonly folders?: readonly string[];
}

interface Document {
  readonly uri: string;
  version: number;
  text: string;
}

/** A client over a real stream: what goes through it is framed and parsed as between two processes. */
export class TestClient {
  readonly connection: ProtocolConnection;
  readonly disk: MemoryFileSystem;
  readonly published: PublishDiagnosticsParams[] = [];
  readonly statuses: StatusParams[] = [];
  readonly logged: string[] = [];
  readonly registered: { method: string; registerOptions?: unknown }[] = [];
  readonly exits: number[] = [];
  settings: unknown;
  initializeResult!: InitializeResult;
  private readonly documents = new Map<string, Document>();

  private constructor(options: ClientOptions) {
    const [toServer, toClient] = [new PassThrough(), new PassThrough()];
    this.disk = new MemoryFileSystem(options.files ?? {});
    this.settings = options.settings ?? {};
    this.connection = createProtocolConnection(
      new StreamMessageReader(toClient),
      new StreamMessageWriter(toServer),
    );
    this.listen();
    const watchDog: WatchDog = {
      shutdownReceived: false,
      initialize() {},
      exit: (code) => this.exits.push(code),
    };
    const server = createConnection(
      (logger) =>
        createProtocolConnection(
          new StreamMessageReader(toServer),
          new StreamMessageWriter(toClient),
          logger,
        ),
      watchDog,
    );
    startServer(server, this.disk, { rules: options.rules, workspace: options.workspace?.(this.disk) });
  }

  /** Starts a server and shakes hands. */
  static async start(options: ClientOptions = {}): Promise<TestClient> {
    const client = TestClient.connect(options);
    await client.initialize(options);
    await client.connection.sendNotification('initialized', {});
    await client.settled();
    return client;
  }

  /** Starts a server and says nothing to it. */
  static connect(options: ClientOptions = {}): TestClient {
    return new TestClient(options);
  }

  /** The first half of the handshake. */
  async initialize({ folders = ['file:///repo'], capabilities, initializationOptions }: ClientOptions = {}) {
    this.initializeResult = await this.connection.sendRequest('initialize', {
      processId: null,
      rootUri: null,
      capabilities: capabilities ?? fullCapabilities,
      initializationOptions,
      workspaceFolders: folders.map((uri) => ({ uri, name: uri })),
    });
  }

  private listen(): void {
    const { connection } = this;
    connection.onNotification(
      'textDocument/publishDiagnostics',
      (params) => void this.published.push(params),
    );
    connection.onNotification(statusNotification, (status) => void this.statuses.push(status));
    connection.onNotification('window/logMessage', ({ message }) => void this.logged.push(message));
    connection.onRequest('workspace/configuration', ({ items }: { items: { scopeUri?: string }[] }) =>
      items.map(({ scopeUri }) =>
        typeof this.settings === 'function' ? this.settings(scopeUri) : this.settings,
      ),
    );
    connection.onRequest('client/registerCapability', ({ registrations }) => {
      this.registered.push(...registrations);
      return null;
    });
    connection.listen();
  }

  /** Waits until the server has checked the present state; everything that it published by then has arrived. */
  async settled(): Promise<void> {
    const nowhere = { textDocument: { uri: 'file:///nowhere' }, position: { line: 0, character: 0 } };
    await this.connection.sendRequest('textDocument/hover', nowhere);
  }

  /** Waits until the server has taken in everything that was sent; it may still be at work on it. */
  async received(): Promise<void> {
    await this.connection.sendRequest('no/suchRequest').catch(() => undefined);
  }

  /** Opens a document; its text is that of the disk unless given. */
  async open(
    uri: string,
    text = this.disk.files.get(uri.replace('file://', '')) ?? '',
    languageId = 'typescript',
  ) {
    this.documents.set(uri, { uri, version: 1, text });
    await this.notify('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
  }

  /** Replaces one stretch of an open document. */
  async change(uri: string, start: number, end: number, newText: string): Promise<void> {
    const document = this.document(uri);
    const range = rangeIn(document.text, start, end);
    document.text = document.text.slice(0, start) + newText + document.text.slice(end);
    document.version += 1;
    const { version } = document;
    await this.notify('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ range, text: newText }],
    });
  }

  async close(uri: string): Promise<void> {
    this.documents.delete(uri);
    await this.notify('textDocument/didClose', { textDocument: { uri } });
  }

  /** Writes to the disk and tells the server as a watcher does; without a text the file is deleted. */
  async write(path: string, text: string | undefined): Promise<void> {
    const type = text === undefined ? 3 : this.disk.files.has(path) ? 2 : 1;
    if (text === undefined) this.disk.files.delete(path);
    else this.disk.files.set(path, text);
    await this.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: `file://${path}`, type }] });
  }

  async notify(method: string, params: unknown): Promise<void> {
    await this.connection.sendNotification(method, params as object);
  }

  document(uri: string): Document {
    const document = this.documents.get(uri);
    if (!document) throw new Error(`${uri} is not open`);
    return document;
  }

  /** What the client shows for a document once the present state was checked; `undefined`: never told. */
  async diagnostics(uri: string): Promise<Diagnostic[] | undefined> {
    await this.settled();
    return this.published.findLast((params) => params.uri === uri)?.diagnostics;
  }

  /** The rule ids of those diagnostics. */
  async codes(uri: string): Promise<unknown[] | undefined> {
    return (await this.diagnostics(uri))?.map(({ code }) => code);
  }

  /** The code actions at the first `marker` of an open document. */
  async actions(uri: string, marker: string, only?: string[]): Promise<CodeAction[]> {
    const { text } = this.document(uri);
    const start = text.indexOf(marker);
    if (start < 0) throw new Error(`no ${marker} in ${uri}`);
    const range = rangeIn(text, start, start + marker.length);
    const context = { diagnostics: [], only };
    return this.connection.sendRequest('textDocument/codeAction', { textDocument: { uri }, range, context });
  }

  async titles(uri: string, marker: string): Promise<string[]> {
    return (await this.actions(uri, marker)).map(({ title }) => title);
  }

  async resolve(action: CodeAction): Promise<CodeAction> {
    return this.connection.sendRequest('codeAction/resolve', action);
  }

  /** Chooses the action with this title and applies its edit, as an editor does. */
  async choose(uri: string, marker: string, title: string | RegExp, only?: string[]): Promise<void> {
    const actions = await this.actions(uri, marker, only);
    const action = actions.find((each) =>
      typeof title === 'string' ? each.title === title : title.test(each.title),
    );
    if (!action) throw new Error(`no "${title}" among: ${actions.map((each) => each.title).join('; ')}`);
    const { edit } = action.edit ? action : await this.resolve(action);
    if (!edit) throw new Error(`"${title}" has no edit`);
    await this.apply(edit);
  }

  /** Applies an edit to open documents and to the disk. @throws when a version does not fit. */
  async apply(edit: WorkspaceEdit): Promise<void> {
    for (const [uri, edits] of Object.entries(edit.changes ?? {})) await this.applyTo(uri, edits);
    for (const change of edit.documentChanges ?? []) {
      if ('kind' in change) {
        if (change.kind !== 'create') throw new Error(`unexpected ${change.kind}`);
        const path = change.uri.replace('file://', '');
        if (this.disk.files.has(path)) throw new Error(`${path} exists`);
        this.disk.files.set(path, '');
      } else {
        const { uri, version } = change.textDocument;
        const open = this.documents.get(uri);
        if ((open?.version ?? null) !== version)
          throw new Error(`version ${version} of ${uri} is not ${open?.version}`);
        await this.applyTo(uri, change.edits as TextEdit[]);
      }
    }
  }

  private async applyTo(uri: string, edits: TextEdit[]): Promise<void> {
    const open = this.documents.get(uri);
    const path = uri.replace('file://', '');
    const before = open?.text ?? this.disk.files.get(path) ?? '';
    const lines = new LineMap(before);
    const after = applyEdits(
      before,
      edits.map(({ range, newText }) => ({
        start: lines.offsetAt(range.start),
        end: lines.offsetAt(range.end),
        newText,
      })),
    );
    if (open) await this.change(uri, 0, before.length, after);
    else await this.write(path, after);
  }

  /** The hover at the first `marker`; the caret stands behind its first character. */
  async hover(uri: string, marker: string): Promise<Hover | null> {
    const { text } = this.document(uri);
    const position = new LineMap(text).positionAt(text.indexOf(marker) + 1);
    return this.connection.sendRequest('textDocument/hover', { textDocument: { uri }, position });
  }

  /** Resolves when a message of this kind for which `matches` holds has arrived or arrives. */
  async until(matches: () => boolean): Promise<void> {
    for (let tries = 0; !matches(); tries += 1) {
      if (tries > 2000) throw new Error('it did not come');
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  dispose(): void {
    this.connection.dispose();
  }
}

/** A stretch of a text, as lines and characters. */
export function rangeIn(text: string, start: number, end: number): Range {
  const lines = new LineMap(text);
  return { start: lines.positionAt(start), end: lines.positionAt(end) };
}
