import type { Diagnostic, PublishDiagnosticsParams } from 'vscode-languageserver';
import type { OpenDocuments } from './documents.ts';

/** Sends each file's diagnostics when they differ from what the client has, and takes back what is over. */
export class Publisher {
  /** What the client shows, by path; files without diagnostics included once they were sent. */
  private readonly shown = new Map<string, { uri: string; sent: string; isEmpty: boolean }>();
  /** Files that were asked for by a check of the whole workspace: they stay, though they are not open. */
  private readonly kept = new Set<string>();
  private readonly documents: OpenDocuments;
  private readonly send: (params: PublishDiagnosticsParams) => void;

  constructor(documents: OpenDocuments, send: (params: PublishDiagnosticsParams) => void) {
    this.documents = documents;
    this.send = send;
  }

  /**
   * Publishes for open files, those that are kept and, with `everywhere`, all; clears every other.
   * @param diagnostics of the whole workspace, by path.
   */
  publish(diagnostics: ReadonlyMap<string, Diagnostic[]>, everywhere: boolean): void {
    const isWanted = (path: string) => everywhere || this.kept.has(path) || this.documents.get(path);
    for (const [path, list] of diagnostics) if (isWanted(path)) this.show(path, list);
    for (const path of [...this.shown.keys()]) {
      if (!diagnostics.has(path) || !isWanted(path)) this.clear(path);
    }
  }

  /** From now on these files are published whether they are open or not. */
  keep(paths: Iterable<string>): void {
    for (const path of paths) this.kept.add(path);
  }

  /** The editor closed the file: nobody asks for it any more. */
  forget(path: string, everywhere: boolean): void {
    this.kept.delete(path);
    if (!everywhere) this.clear(path);
  }

  private show(path: string, diagnostics: Diagnostic[]): void {
    const open = this.documents.get(path);
    const uri = this.documents.uriOf(path);
    const before = this.shown.get(path);
    if (before && before.uri !== uri) this.clear(path);
    const params: PublishDiagnosticsParams = { uri, diagnostics };
    if (open) params.version = open.version;
    const sent = JSON.stringify(params);
    if (before?.sent === sent) return;
    this.shown.set(path, { uri, sent, isEmpty: diagnostics.length === 0 });
    this.send(params);
  }

  private clear(path: string): void {
    const before = this.shown.get(path);
    this.shown.delete(path);
    if (before && !before.isEmpty) this.send({ uri: before.uri, diagnostics: [] });
  }
}
