import type { ChangeAnnotation, TextDocumentEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import type { Project } from '../project/project.ts';
import type { FileEdits, TextEdit as OffsetEdit } from '../text/edits.ts';
import type { Client } from './client.ts';
import { toLspRange } from './diagnostics.ts';
import type { OpenDocuments } from './documents.ts';

/** A change that a person has chosen. */
export interface Change {
  readonly title: string;
  /** Whether it keeps everything but the defect. */
  readonly isSafe: boolean;
  readonly edits: FileEdits;
}

/** The one annotation of an edit. */
const annotationId = 'fix';

/**
 * A change in the protocol's terms. An open document's edits are bound to its version where the client can, so that
 * it refuses them once its text has changed. What changes several files is annotated where the client can show it:
 * most of it is out of sight when it is chosen, so the person is asked first. `undefined` when one of the texts has changed since the project
 * was made, which happens while a fix is computed.
 */
export function toWorkspaceEdit(
  change: Change,
  project: Project,
  client: Client,
  documents: OpenDocuments,
): WorkspaceEdit | undefined {
  const { edits } = change;
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
  const isAnnotated = client.showsAnnotations && edits.size > 1;
  const annotated = isAnnotated ? { annotationId } : {};
  const documentChanges: NonNullable<WorkspaceEdit['documentChanges']> = [];
  for (const [path, list] of edits) {
    const uri = documents.uriOf(path);
    const open = documents.get(path);
    const isNew = !open && !project.files.has(path);
    if (isNew && client.createsFiles) documentChanges.push({ kind: 'create', uri, ...annotated });
    const inDocument: TextDocumentEdit = {
      textDocument: { uri, version: open?.version ?? null },
      edits: toTextEdits(list, path, project).map((edit) => ({ ...edit, ...annotated })),
    };
    documentChanges.push(inDocument);
  }
  return {
    documentChanges,
    ...(isAnnotated && { changeAnnotations: { [annotationId]: annotationOf(change) } }),
  };
}

function annotationOf({ title, isSafe, edits }: Change): ChangeAnnotation {
  const description = isSafe
    ? `Changes ${edits.size} files. Safe: everything but the defect stays as it is.`
    : `Changes ${edits.size} files, and more than the defect: look at it first.`;
  // Asking for a confirmation would leave every box of VS Code's preview unticked, and half a fix is worse than none.
  return { label: title, description, needsConfirmation: false };
}

function toTextEdits(edits: readonly OffsetEdit[], path: string, project: Project): TextEdit[] {
  return edits.map((edit) => ({ range: toLspRange(project, path, edit), newText: edit.newText }));
}
