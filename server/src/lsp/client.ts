import type { InitializeParams } from 'vscode-languageserver';
import { type InitializationOptions, openRuleCommand, showTimelineCommand } from './protocol.ts';

/** What the connected client can do, and what it said of itself; all `false` for a client that says nothing. */
export interface Client {
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  /** Understands code actions as objects, not only as commands. */
  readonly codeActions: boolean;
  /** Asks for the edit of a code action when it is chosen. */
  readonly resolvesEdits: boolean;
  readonly documentChanges: boolean;
  readonly createsFiles: boolean;
  /** Shows what is said of edits where it previews them. */
  readonly showsAnnotations: boolean;
  readonly markdownHover: boolean;
  readonly pullsConfiguration: boolean;
  readonly registersConfiguration: boolean;
  readonly registersWatchers: boolean;
  readonly workspaceFolderChanges: boolean;
  readonly opensRules: boolean;
  readonly showsTimelines: boolean;
  readonly ruleDocumentation: string | undefined;
  readonly trusted: boolean;
}

/** Reads what a client sends first; a part that is missing or of the wrong kind counts as not supported. */
export function readClient(params: Partial<InitializeParams>): Client {
  const { workspace, textDocument } = params.capabilities ?? {};
  const options = optionsOf(params.initializationOptions);
  const { codeAction, publishDiagnostics } = textDocument ?? {};
  const commands = Array.isArray(options.commands) ? options.commands : [];
  return {
    relatedInformation: publishDiagnostics?.relatedInformation === true,
    codeDescription: publishDiagnostics?.codeDescriptionSupport === true,
    codeActions: codeAction?.codeActionLiteralSupport !== undefined,
    resolvesEdits:
      codeAction?.dataSupport === true && codeAction.resolveSupport?.properties?.includes('edit') === true,
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    createsFiles: workspace?.workspaceEdit?.resourceOperations?.includes('create') === true,
    showsAnnotations: workspace?.workspaceEdit?.changeAnnotationSupport !== undefined,
    markdownHover: textDocument?.hover?.contentFormat?.includes('markdown') === true,
    pullsConfiguration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    registersWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    workspaceFolderChanges: workspace?.workspaceFolders === true,
    opensRules: commands.includes(openRuleCommand),
    showsTimelines: commands.includes(showTimelineCommand),
    ruleDocumentation: typeof options.ruleDocumentation === 'string' ? options.ruleDocumentation : undefined,
    trusted: options.trusted !== false,
  };
}

/** The workspace folders that a client starts with: the list, else the one root of older clients. */
export function foldersOf(params: InitializeParams): string[] {
  if (Array.isArray(params.workspaceFolders)) return params.workspaceFolders.map(({ uri }) => uri);
  return typeof params.rootUri === 'string' ? [params.rootUri] : [];
}

function optionsOf(value: unknown): InitializationOptions {
  return typeof value === 'object' && value !== null ? value : {};
}
