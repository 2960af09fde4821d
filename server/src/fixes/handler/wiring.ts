import type { TextEdit } from '../../text/edits.ts';
import type { ImportLine } from '../source/imports.ts';
import { editsOf, type Insertion } from '../source/insertion.ts';
import type { PlannedFile } from '../source/plannedFile.ts';

/** What one of the server's files needs to be connected with the handler. */
export interface WiredFile {
  readonly planned: PlannedFile;
  readonly edits: readonly TextEdit[];
  /** Functions of the handler that the file calls. */
  readonly names: ReadonlySet<string>;
  /** What else its new lines name. */
  readonly imports: readonly ImportLine[];
}

/** The insertions by file; `undefined` where one has no place. */
export function wiredFiles(
  insertions: readonly Insertion[],
  functions: string,
): ReadonlyMap<string, WiredFile> | undefined {
  const declared = declaredIn(functions);
  const files = new Map<string, WiredFile>();
  for (const insertion of insertions) {
    const edits = editsOf(insertion);
    if (!edits) return undefined;
    const { into, code, imports = [] } = insertion;
    const known = files.get(into.file.path);
    files.set(into.file.path, {
      planned: into,
      edits: [...(known?.edits ?? []), ...edits],
      names: new Set([...(known?.names ?? []), ...declared.filter((name) => names(code, name))]),
      imports: [...(known?.imports ?? []), ...imports],
    });
  }
  return files;
}

/** The names that a template declares at its top. */
export function declaredIn(template: string): string[] {
  const heads = template.matchAll(/^[‹›]*(?:async )?(?:function|class|const|let|type) (\w+)/gm);
  return [...heads].map(([, name = '']) => name);
}

function names(template: string, name: string): boolean {
  const code = template.replace(/^ *»? *(?:\/\/|\/?\*).*$/gm, '');
  return new RegExp(`(?<![.\\w$])${name}\\b`).test(code);
}
