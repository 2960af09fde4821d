import {
  type CancellationToken,
  type CodeAction,
  type CodeActionParams,
  type Connection,
  type DeleteFilesParams,
  type DidChangeConfigurationParams,
  type DidChangeTextDocumentParams,
  type DidChangeWatchedFilesParams,
  type DidCloseTextDocumentParams,
  type DidOpenTextDocumentParams,
  type DidSaveTextDocumentParams,
  ErrorCodes,
  type Hover,
  type HoverParams,
  type InitializedParams,
  type InitializeError,
  type InitializeParams,
  type InitializeResult,
  LSPErrorCodes,
  type RenameFilesParams,
  ResponseError,
  type WorkspaceFoldersChangeEvent,
} from 'vscode-languageserver';
import { Analysis, type OpenWorkspace } from '../engine/analysis.ts';
import type { Rule } from '../engine/types.ts';
import type { FileSystem } from '../project/fileSystem.ts';
import { Workspace } from '../project/workspace.ts';
import { rules as allRules } from '../rules/index.ts';
import type { TimelineView } from '../timeline/view.ts';
import { restMs } from './checker.ts';
import { foldersOf, readClient } from './client.ts';
import { guarded } from './guarded.ts';
import {
  type CheckWorkspaceParams,
  type CheckWorkspaceResult,
  checkWorkspaceRequest,
  diagnosticSource,
  section,
  timelinesRequest,
  trustGrantedNotification,
} from './protocol.ts';
import { capabilitiesFor, register } from './registration.ts';
import { Session } from './session.ts';

/** What tests replace. */
export interface ServerParts {
  readonly rules?: readonly Rule[];
  readonly workspace?: OpenWorkspace;
}

/**
 * Serves one client over a connection, until that closes: translates between its protocol and the engine.
 * Knows no process and no disk; the caller creates both and ends the process.
 */
export function startServer(connection: Connection, fileSystem: FileSystem, parts: ServerParts = {}): void {
  const { rules = allRules, workspace = new Workspace(fileSystem) } = parts;
  const analysis = new Analysis(workspace, rules, (message) => connection.console.warn(message));
  const session = new Session(connection, analysis);
  serveLifeCycle(session);
  serveDocuments(session);
  serveDisk(session);
  serveRequests(session);
  connection.listen();
}

/** A notification's handler that throws is logged; there is nobody to answer to. */
function notified<P>(session: Session, method: string, handler: (params: P) => void | Promise<void>) {
  const log = (message: string) => session.connection.console.error(message);
  const run = guarded<P, void>(log, method, handler, () => undefined);
  // What comes before the handshake is dropped, says the protocol.
  return (params: P): void => void (session.isInitialized && run(params));
}

function on<P>(session: Session, method: string, handler: (params: P) => void | Promise<void>): void {
  session.connection.onNotification(method, notified(session, method, handler));
}

/** The handshake, and what may change after it: folders, trust and settings. */
function serveLifeCycle(session: Session): void {
  const { connection, documents } = session;
  connection.onInitialize((params: InitializeParams): InitializeResult | ResponseError<InitializeError> => {
    if (session.isInitialized)
      return new ResponseError(ErrorCodes.InvalidRequest, 'initialize was sent twice', { retry: false });
    session.client = readClient(params);
    documents.folders = foldersOf(params);
    session.foldersChanged();
    session.isInitialized = true;
    return { capabilities: capabilitiesFor(session.client), serverInfo: { name: diagnosticSource } };
  });
  on<InitializedParams>(session, 'initialized', async () => {
    // Only now is known whether the client tells of other folders.
    if (session.client.workspaceFolderChanges) serveFolders(session);
    await session.settingsChanged();
    await register(connection, session.client);
  });
  on<DidChangeConfigurationParams>(session, 'workspace/didChangeConfiguration', ({ settings }) =>
    session.settingsChanged(settings?.[section]),
  );
  on(session, trustGrantedNotification, () => {
    session.client = { ...session.client, trusted: true };
    session.foldersChanged();
  });
  connection.onShutdown(() => session.checker.stop());
}

function serveFolders(session: Session): void {
  const { connection, documents } = session;
  const changed = async ({ added, removed }: WorkspaceFoldersChangeEvent) => {
    const gone = new Set(removed.map(({ uri }) => uri));
    const kept = documents.folders.filter((uri) => !gone.has(uri));
    documents.folders = [...kept, ...added.map(({ uri }) => uri)];
    session.foldersChanged();
    await session.settingsChanged();
  };
  connection.workspace.onDidChangeWorkspaceFolders(notified(session, 'workspaceFolders', changed));
}

/** The editor's texts: they count instead of the disk's. */
function serveDocuments(session: Session): void {
  const { documents, checker } = session;
  const { workspace } = session.analysis;
  on<DidOpenTextDocumentParams>(session, 'textDocument/didOpen', ({ textDocument }) => {
    const { path, text, version } = documents.open(textDocument);
    workspace.setOpenText(path, text, version);
    checker.changed(0);
  });
  on<DidChangeTextDocumentParams>(session, 'textDocument/didChange', ({ textDocument, contentChanges }) => {
    const { path, text, version } = documents.change(textDocument, contentChanges);
    workspace.setOpenText(path, text, version);
    checker.changed(restMs);
  });
  on<DidSaveTextDocumentParams>(session, 'textDocument/didSave', ({ textDocument }) => {
    // Other clients tell of every file on disk, this one among them.
    if (!session.client.registersWatchers) workspace.filesChanged([documents.pathOf(textDocument.uri)]);
    checker.changed(0);
  });
  on<DidCloseTextDocumentParams>(session, 'textDocument/didClose', ({ textDocument }) => {
    const path = documents.close(textDocument.uri);
    if (path === undefined) return;
    workspace.closeText(path);
    session.closed(path);
    checker.changed(0);
  });
}

/** Files and folders that appeared, changed, moved or went. */
function serveDisk(session: Session): void {
  const changed = (uris: readonly string[]) => {
    session.analysis.workspace.filesChanged(uris.map((uri) => session.documents.pathOf(uri)));
    session.checker.changed(restMs);
  };
  on<DidChangeWatchedFilesParams>(session, 'workspace/didChangeWatchedFiles', ({ changes }) =>
    changed(changes.map(({ uri }) => uri)),
  );
  on<DeleteFilesParams>(session, 'workspace/didDeleteFiles', ({ files }) =>
    changed(files.map(({ uri }) => uri)),
  );
  on<RenameFilesParams>(session, 'workspace/didRenameFiles', ({ files }) =>
    changed(files.flatMap(({ oldUri, newUri }) => [oldUri, newUri])),
  );
}

function notInitialized(method: string): ResponseError<void> {
  return new ResponseError(ErrorCodes.ServerNotInitialized, `${method} came before initialize`);
}

/** What the client asks for. */
function serveRequests(session: Session): void {
  const { connection } = session;
  const log = (message: string) => connection.console.error(message);
  const answer = <P, R>(
    method: string,
    handler: Parameters<typeof guarded<P, R>>[2],
    fallback: (params: P) => R,
  ) => {
    const run = guarded(log, method, handler, fallback);
    connection.onRequest(method, (params: P, token: CancellationToken) =>
      session.isInitialized ? run(params, token) : notInitialized(method),
    );
  };
  answer<HoverParams, Hover | null>(
    'textDocument/hover',
    (params, token) => session.hover(params, token),
    () => null,
  );
  answer<CodeActionParams, CodeAction[]>(
    'textDocument/codeAction',
    (params, token) => session.codeActions(params, token),
    () => [],
  );
  answer<CodeAction, CodeAction>(
    'codeAction/resolve',
    (action, token) => session.resolve(action, token),
    (action) => action,
  );
  answer<unknown, TimelineView[] | ResponseError<void>>(
    timelinesRequest,
    (_, token) => session.timelines(token),
    () => new ResponseError(LSPErrorCodes.RequestFailed, 'The timelines failed; the output says why.'),
  );
  answer<CheckWorkspaceParams, CheckWorkspaceResult | ResponseError<void>>(
    checkWorkspaceRequest,
    (params, token) => session.checkWorkspace(params, token),
    () => new ResponseError(LSPErrorCodes.RequestFailed, 'The check failed; the output says why.'),
  );
}
