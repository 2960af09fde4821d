import { type Connection, type InitializeResult, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { Rule } from '../engine/types.ts';
import type { FileSystem } from '../project/fileSystem.ts';
import { Workspace } from '../project/workspace.ts';
import { rules as allRules } from '../rules/index.ts';
import { Analysis, type OpenWorkspace } from './analysis.ts';
import { restMs } from './checker.ts';
import { foldersOf, readClient } from './client.ts';
import { guarded } from './guarded.ts';
import {
  type CheckWorkspaceParams,
  type CheckWorkspaceResult,
  checkWorkspaceRequest,
  section,
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
  const analysis = new Analysis(workspace, rules, (message) => connection.console.error(message));
  const session = new Session(connection, analysis);
  serveLifeCycle(session);
  serveDocuments(session);
  serveDisk(session);
  serveRequests(session);
  connection.listen();
}

/** The handshake, and what may change after it: folders, trust and settings. */
function serveLifeCycle(session: Session): void {
  const { connection, documents } = session;
  connection.onInitialize((params): InitializeResult => {
    session.client = readClient(params);
    documents.folders = foldersOf(params);
    session.foldersChanged();
    return { capabilities: capabilitiesFor(session.client), serverInfo: { name: section } };
  });
  connection.onInitialized(
    notified(session, 'initialized', async () => {
      if (session.client.workspaceFolderChanges) {
        connection.workspace.onDidChangeWorkspaceFolders(
          notified(session, 'workspace/didChangeWorkspaceFolders', async ({ added, removed }) => {
            const gone = new Set(removed.map(({ uri }) => uri));
            documents.folders = [
              ...documents.folders.filter((uri) => !gone.has(uri)),
              ...added.map(({ uri }) => uri),
            ];
            session.foldersChanged();
            await session.settingsChanged(undefined);
          }),
        );
      }
      await session.settingsChanged(undefined);
      await register(connection, session.client);
    }),
  );
  connection.onDidChangeConfiguration(
    notified(session, 'workspace/didChangeConfiguration', ({ settings }) =>
      session.settingsChanged(settings?.[section]),
    ),
  );
  connection.onNotification(
    trustGrantedNotification,
    notified(session, trustGrantedNotification, () => {
      session.client = { ...session.client, trusted: true };
      session.foldersChanged();
    }),
  );
  connection.onShutdown(() => session.checker.stop());
}

/** The editor's texts: they count instead of the disk's. */
function serveDocuments(session: Session): void {
  const {
    connection,
    documents,
    checker,
    analysis: { workspace },
  } = session;
  connection.onDidOpenTextDocument(
    notified(session, 'textDocument/didOpen', ({ textDocument }) => {
      const { path, text, version } = documents.open(textDocument);
      workspace.setOpenText(path, text, version);
      checker.changed(0);
    }),
  );
  connection.onDidChangeTextDocument(
    notified(session, 'textDocument/didChange', ({ textDocument, contentChanges }) => {
      const { path, text, version } = documents.change(
        textDocument.uri,
        textDocument.version,
        contentChanges,
      );
      workspace.setOpenText(path, text, version);
      checker.changed(restMs);
    }),
  );
  connection.onDidSaveTextDocument(
    notified(session, 'textDocument/didSave', ({ textDocument }) => {
      // Other clients tell of every file on disk, this one among them.
      if (!session.client.registersWatchers) workspace.filesChanged([documents.pathOf(textDocument.uri)]);
      checker.changed(0);
    }),
  );
  connection.onDidCloseTextDocument(
    notified(session, 'textDocument/didClose', ({ textDocument }) => {
      const path = documents.close(textDocument.uri);
      if (path === undefined) return;
      workspace.closeText(path);
      session.closed(path);
      checker.changed(0);
    }),
  );
}

/** Files and folders that appeared, changed, moved or went. */
function serveDisk(session: Session): void {
  const { connection, documents, checker, analysis } = session;
  const changed = (uris: readonly string[]) => {
    analysis.workspace.filesChanged(uris.map((uri) => documents.pathOf(uri)));
    checker.changed(restMs);
  };
  connection.onDidChangeWatchedFiles(
    notified(session, 'workspace/didChangeWatchedFiles', ({ changes }) =>
      changed(changes.map(({ uri }) => uri)),
    ),
  );
  connection.workspace.onDidDeleteFiles(
    notified(session, 'workspace/didDeleteFiles', ({ files }) => changed(files.map(({ uri }) => uri))),
  );
  connection.workspace.onDidRenameFiles(
    notified(session, 'workspace/didRenameFiles', ({ files }) =>
      changed(files.flatMap(({ oldUri, newUri }) => [oldUri, newUri])),
    ),
  );
}

/** What the client asks for. */
function serveRequests(session: Session): void {
  const { connection } = session;
  const log = (message: string) => connection.console.error(message);
  connection.onHover(
    guarded(
      log,
      'textDocument/hover',
      (params, token) => session.hover(params, token),
      () => null,
    ),
  );
  connection.onCodeAction(
    guarded(
      log,
      'textDocument/codeAction',
      (params, token) => session.codeActions(params, token),
      () => [],
    ),
  );
  connection.onCodeActionResolve(
    guarded(
      log,
      'codeAction/resolve',
      (action, token) => session.resolve(action, token),
      (action) => action,
    ),
  );
  connection.onRequest(
    checkWorkspaceRequest,
    guarded<CheckWorkspaceParams, CheckWorkspaceResult | ResponseError<void>>(
      log,
      checkWorkspaceRequest,
      (params, token) => session.checkWorkspace(params, token),
      () => new ResponseError(LSPErrorCodes.RequestFailed, 'The check failed; the output says why.'),
    ),
  );
}

/** A notification's handler that throws is logged; there is nobody to answer to. */
function notified<P>({ connection }: Session, name: string, handler: (params: P) => void | Promise<void>) {
  const log = (message: string) => connection.console.error(message);
  const run = guarded<P, void>(log, name, handler, () => undefined);
  return (params: P): void => void run(params);
}
