import { type Diagnostic, DiagnosticSeverity, type Range as LspRange } from 'vscode-languageserver';
import type { Caused, Outcome } from '../engine/outcome.ts';
import type { Finding, RelatedLocation, Severity } from '../engine/types.ts';
import type { Project } from '../project/project.ts';
import { LineMap } from '../text/lineMap.ts';
import { basename, dirname, relativePath } from '../text/paths.ts';
import type { Range } from '../text/range.ts';
import type { Client } from './client.ts';
import { diagnosticSource } from './protocol.ts';

const severityNumbers: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** What the translation of findings asks of its surroundings. */
export interface DiagnosticContext {
  readonly client: Client;
  readonly outcome: Outcome;
  uriOf(path: string): string;
  /** The address of a rule's page, where there is one. */
  documentationOf(ruleId: string): string | undefined;
}

/** The finding in the protocol's terms; what the client cannot show apart is put into the message. */
export function toDiagnostic(finding: Finding, context: DiagnosticContext): Diagnostic {
  const { client, outcome } = context;
  const { project } = outcome;
  const href = client.codeDescription ? context.documentationOf(finding.ruleId) : undefined;
  const related = client.relatedInformation
    ? finding.related.map(({ path, range, message }) => ({
        location: { uri: context.uriOf(path), range: toLspRange(project, path, range) },
        message,
      }))
    : [];
  const appended = client.relatedInformation
    ? []
    : finding.related.map((place) => describePlace(place, finding.path, project));
  return {
    range: toLspRange(project, finding.path, finding.range),
    severity: severityNumbers[finding.severity],
    source: diagnosticSource,
    code: finding.ruleId,
    message: [finding.message, ...appended].join('\n'),
    data: outcome.keyOf(finding),
    ...(href !== undefined && { codeDescription: { href } }),
    ...(related.length > 0 && { relatedInformation: related }),
  };
}

/** The same at another place that is as much its cause; the finding's own place is then the related one. */
export function toDiagnosticOfCause(
  { finding, range }: Caused,
  path: string,
  context: DiagnosticContext,
): Diagnostic {
  const own = { path: finding.path, range: finding.range, message: 'The other side of it.' };
  const { data: _, ...diagnostic } = toDiagnostic({ ...finding, path, range, related: [own] }, context);
  return diagnostic;
}

/** Lines and characters of a range of a file; those of an empty text for a file that is not in the project. */
export function toLspRange(project: Project, path: string, range: Range): LspRange {
  const lines = project.files.get(path)?.lines ?? new LineMap('');
  return { start: lines.positionAt(range.start), end: lines.positionAt(range.end) };
}

/** `src/server.ts:12: the listener`, the file named as seen from the finding's folder. */
function describePlace({ path, range, message }: RelatedLocation, from: string, project: Project): string {
  const file = path === from ? basename(path) : relativePath(dirname(from), path);
  return `${file}:${toLspRange(project, path, range).start.line + 1}: ${message}`;
}
