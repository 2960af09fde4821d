import type { Expr, SourceFacts } from '../../languages/source/facts.ts';
import { walkStatements } from '../../languages/source/walk.ts';
import type { Project, ProjectFile } from '../../project/project.ts';

/** A file of the server with its facts. */
export interface PlannedFile {
  readonly file: ProjectFile;
  readonly facts: SourceFacts;
}

/** A source file that may be edited; `undefined` where it does not parse or is none. */
export function plannedFile(project: Project, path: string): PlannedFile | undefined {
  const file = project.files.get(path);
  if (file?.facts.language !== 'source' || file.facts.source.hasSyntaxErrors) return undefined;
  return { file, facts: file.facts.source };
}

/** The calls in one function's own body, in the order of the text. */
export function callsIn(facts: SourceFacts, fn: number): Extract<Expr, { kind: 'call' }>[] {
  const calls: Extract<Expr, { kind: 'call' }>[] = [];
  walkStatements(facts.functions[fn]?.statements ?? [], (expr) => {
    if (expr.kind === 'call') calls.push(expr);
  });
  return calls;
}
