import type { TextDocumentItem, VersionedTextDocumentIdentifier } from 'vscode-languageserver';
import { TextDocument, type TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';
import { pathToUri, spellAsRoot, uriToPath } from './uris.ts';

/** A document that the editor holds open, under the URI that the editor calls it by. */
export interface OpenDocument {
  readonly uri: string;
  readonly path: string;
  readonly version: number;
  readonly text: string;
}

/** The open documents by core path, and the way between paths and the client's URIs. */
export class OpenDocuments {
  private readonly byPath = new Map<string, TextDocument>();
  /** Paths of documents without a telling name, by URI. */
  private readonly named = new Map<string, string>();
  /** The workspace folders, as the client calls them. */
  folders: readonly string[] = [];

  /** The workspace folders, as core paths. */
  get roots(): string[] {
    return [...new Set(this.folders.map(uriToPath))];
  }

  pathOf(uri: string): string {
    return this.named.get(uri) ?? spellAsRoot(uriToPath(uri), this.roots);
  }

  /** The URI that the client opened the path under, else one made from the path. */
  uriOf(path: string): string {
    return this.byPath.get(path)?.uri ?? pathToUri(path);
  }

  get(path: string): OpenDocument | undefined {
    const document = this.byPath.get(path);
    return document && describe(path, document);
  }

  /** The paths of all open documents. */
  paths(): IterableIterator<string> {
    return this.byPath.keys();
  }

  /** @throws when the text is missing. */
  open({ uri, languageId, version, text }: TextDocumentItem): OpenDocument {
    if (typeof text !== 'string') throw new TypeError(`no text for ${uri}`);
    const ending = languageEndings[languageId] ?? '';
    // The core knows a language by the file's name, and a new document has none yet.
    if (uri.startsWith('untitled:')) this.named.set(uri, withEnding(uriToPath(uri), ending));
    const path = this.pathOf(uri);
    const document = TextDocument.create(uri, languageId, version, text);
    this.byPath.set(path, document);
    return describe(path, document);
  }

  /**
   * Applies incremental or full changes.
   * @throws when the document is not open or a change has neither shape.
   */
  change(
    { uri, version }: VersionedTextDocumentIdentifier,
    changes: TextDocumentContentChangeEvent[],
  ): OpenDocument {
    const path = this.pathOf(uri);
    const document = this.byPath.get(path);
    if (!document) throw new Error(`a change of ${uri}, which is not open`);
    return describe(path, TextDocument.update(document, changes, version));
  }

  /** The path of the document that is closed now, or `undefined` when it was not open. */
  close(uri: string): string | undefined {
    const path = this.pathOf(uri);
    this.named.delete(uri);
    return this.byPath.delete(path) ? path : undefined;
  }
}

const languageEndings: Readonly<Record<string, string>> = {
  dockerfile: '.dockerfile',
  shellscript: '.sh',
  typescript: '.ts',
  typescriptreact: '.tsx',
  javascript: '.js',
  javascriptreact: '.jsx',
};

function withEnding(path: string, ending: string): string {
  return path.endsWith(ending) ? path : path + ending;
}

function describe(path: string, document: TextDocument): OpenDocument {
  return { uri: document.uri, path, version: document.version, text: document.getText() };
}
