import {
  CodeActionKind,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type FileOperationRegistrationOptions,
  type ServerCapabilities,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import type { Client } from './client.ts';
import { fixAllKind, section } from './protocol.ts';
import { rewriteKind } from './refactorings.ts';

/** The files on disk that findings depend on, beside the open ones. */
const watchedFiles = [
  '**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}',
  '**/{Dockerfile,Containerfile}{,.*}',
  '**/*.{dockerfile,Dockerfile}',
  '**/*.{sh,bash}',
  '**/docker-bake*.json',
  '**/*.{nomad,hcl}',
  '**/*.{yml,yaml}',
  '**/{fly*.toml,railway.toml,railway.json,.env,.env.*,*.env}',
  '**/{Procfile,Makefile,makefile,GNUmakefile}',
  '**/*.{sh,bash,mk,service}',
  '**/*task{-def,_def,def}*.json',
  '**/{package.json,tsconfig*.json,jsconfig*.json,mcp-shutdown.json,.gitignore}',
  '**/{package-lock.json,npm-shrinkwrap.json,yarn.lock,pnpm-lock.yaml,pnpm-workspace.yaml,bun.lock,bun.lockb}',
  '**/{pyproject.toml,requirements*.txt,go.mod,Cargo.toml,pom.xml,build.gradle,build.gradle.kts,*.csproj}',
];

/** Folders that are moved or deleted: a watcher of files does not hear of those inside. */
const folders: FileOperationRegistrationOptions = {
  filters: [{ scheme: 'file', pattern: { glob: '**', matches: 'folder' } }],
};

/** What the server offers, of which some depends on what the client can do. */
export function capabilitiesFor(client: Client): ServerCapabilities {
  return {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
    hoverProvider: true,
    ...(client.codeActions && {
      codeActionProvider: {
        codeActionKinds: [CodeActionKind.QuickFix, rewriteKind, fixAllKind],
        resolveProvider: client.resolvesEdits,
      },
    }),
    workspace: {
      workspaceFolders: { supported: true, changeNotifications: true },
      fileOperations: { didRename: folders, didDelete: folders },
    },
  };
}

/** Asks for what can only be asked for after the handshake. */
export async function register(connection: Connection, client: Client): Promise<void> {
  if (client.registersConfiguration) {
    await connection.client.register(DidChangeConfigurationNotification.type, { section });
  }
  if (client.registersWatchers) {
    const watchers = watchedFiles.map((globPattern) => ({ globPattern }));
    await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  }
}
