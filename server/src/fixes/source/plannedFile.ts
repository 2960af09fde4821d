import type { Expr, SourceFacts } from '../../languages/source/facts.ts';
import { walkStatements } from '../../languages/source/walk.ts';
import type { Project, ProjectFile } from '../../project/project.ts';
import { dirname, joinPath } from '../../text/paths.ts';

/** A file of the server with its facts. */
export interface PlannedFile {
  readonly file: ProjectFile;
  readonly facts: SourceFacts;
  /** What Node takes a .js file for where its text does not say. */
  readonly packageType: 'module' | 'commonjs';
}

/** A source file that may be edited; `undefined` where it does not parse or is none. */
export function plannedFile(project: Project, path: string): PlannedFile | undefined {
  const file = project.files.get(path);
  if (file?.facts.language !== 'source' || file.facts.source.hasSyntaxErrors) return undefined;
  return { file, facts: file.facts.source, packageType: packageTypeAt(project, path) };
}

function packageTypeAt({ files }: Project, path: string): 'module' | 'commonjs' {
  const facts = files.get(manifestAbove(files, path))?.facts;
  return facts?.language === 'package' ? facts.package.type : 'commonjs';
}

/** Where the package.json of a file's package is, or would be. */
export function manifestAbove(files: Project['files'], path: string): string {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const manifest = joinPath(folder, 'package.json');
    if (files.has(manifest) || folder === dirname(folder)) return manifest;
  }
}

/** The calls in one function's own body, in the order of the text. */
export function callsIn(facts: SourceFacts, fn: number): Extract<Expr, { kind: 'call' }>[] {
  const calls: Extract<Expr, { kind: 'call' }>[] = [];
  walkStatements(facts.functions[fn]?.statements ?? [], (expr) => {
    if (expr.kind === 'call') calls.push(expr);
  });
  return calls;
}
