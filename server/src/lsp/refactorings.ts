import { CodeActionKind, type CodeActionParams } from 'vscode-languageserver';
import { makeCancellable } from '../fixes/cancellation/makeCancellable.ts';
import type { Project } from '../project/project.ts';
import { toolsAt } from '../project/tools/toolsAt.ts';
import type { Change } from './workspaceEdits.ts';

/** The kind under which all of them are offered. */
export const rewriteKind = CodeActionKind.RefactorRewrite;

/** A change that is offered at a place where nothing needs to be wrong. */
export type Refactoring = Change;

/** The refactorings for a range of a file: of the tool that is registered there. */
export function refactoringsAt(
  path: string,
  { range }: Pick<CodeActionParams, 'range'>,
  project: Project,
): Refactoring[] {
  const lines = project.files.get(path)?.lines;
  if (!lines) return [];
  const asked = { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) };
  const [found] = toolsAt(project, path, asked);
  return found ? makeCancellable(project, found.server, found.tool, '') : [];
}
