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
   * @param paths the files with findings, in the whole workspace
   * @param diagnosticsOf those of one file, `[]` for a file without findings
   */
  publish(paths: Iterable<string>, diagnosticsOf: (path: string) => Diagnostic[], everywhere: boolean): void {
    const wanted = new Set([...this.documents.paths(), ...this.kept, ...(everywhere ? paths : [])]);
    for (const path of this.shown.keys()) if (!wanted.has(path)) this.clear(path);
    for (const path of wanted) this.show(path, diagnosticsOf(path));
  }

  /** Whether a file's own diagnostics are shown. */
  shows(path: string, everywhere: boolean): boolean {
    return everywhere || this.kept.has(path) || this.documents.get(path) !== undefined;
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
    const version = this.documents.get(path)?.version;
    const uri = this.documents.uriOf(path);
    const isEmpty = diagnostics.length === 0;
    if (this.shown.get(path)?.uri !== uri) this.clear(path);
    const before = this.shown.get(path);
    if (!before && isEmpty && version === undefined) return;
    const params: PublishDiagnosticsParams = { uri, ...(version !== undefined && { version }), diagnostics };
    const sent = JSON.stringify(params);
    if (before?.sent === sent) return;
    this.shown.set(path, { uri, sent, isEmpty });
    this.send(params);
  }

  private clear(path: string): void {
    const before = this.shown.get(path);
    this.shown.delete(path);
    if (before && !before.isEmpty) this.send({ uri: before.uri, diagnostics: [] });
  }
}
