import type { TextDocumentEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import type { Project } from '../project/project.ts';
import type { FileEdits, TextEdit as OffsetEdit } from '../text/edits.ts';
import type { Client } from './client.ts';
import { toLspRange } from './diagnostics.ts';
import type { OpenDocuments } from './documents.ts';

/**
 * Edits in the protocol's terms. An open document's are bound to its version where the client can, so that
 * it refuses them once its text has changed. `undefined` when one of the texts has changed since the project
 * was made, which happens while a fix is computed.
 */
export function toWorkspaceEdit(
  edits: FileEdits,
  project: Project,
  client: Client,
  documents: OpenDocuments,
): WorkspaceEdit | undefined {
  const isStale = (path: string) => {
    const open = documents.get(path);
    return open !== undefined && open.text !== project.files.get(path)?.text;
  };
  if ([...edits.keys()].some(isStale)) return undefined;
  if (!client.documentChanges) {
    const changes: Record<string, TextEdit[]> = {};
    for (const [path, list] of edits) changes[documents.uriOf(path)] = toTextEdits(list, path, project);
    return { changes };
  }
  const documentChanges: NonNullable<WorkspaceEdit['documentChanges']> = [];
  for (const [path, list] of edits) {
    const uri = documents.uriOf(path);
    const open = documents.get(path);
    const isNew = !open && !project.files.has(path);
    if (isNew && client.createsFiles) documentChanges.push({ kind: 'create', uri });
    const change: TextDocumentEdit = {
      textDocument: { uri, version: open?.version ?? null },
      edits: toTextEdits(list, path, project),
    };
    documentChanges.push(change);
  }
  return { documentChanges };
}

function toTextEdits(edits: readonly OffsetEdit[], path: string, project: Project): TextEdit[] {
  return edits.map((edit) => ({ range: toLspRange(project, path, edit), newText: edit.newText }));
}
