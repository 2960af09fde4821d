import { createHash } from 'node:crypto';
import { rulePage } from '../../engine/rulePage.ts';
import type { Finding, Fix, Rule, Severity } from '../../engine/types.ts';
import type { ProjectFile } from '../../project/project.ts';
import { isInside, relativePath } from '../../text/paths.ts';
import type { Range } from '../../text/range.ts';
import { type CheckReport, placeOf, type ReportedFinding } from '../report.ts';

const sourceRoot = '%SRCROOT%';

/** The findings as SARIF 2.1.0, for code scanning services and editors. */
export function sarifReport(report: CheckReport): string {
  const fingerprints = new Fingerprints(report.base);
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'mcp-shutdown',
            fullName: 'MCP Graceful Shutdown',
            semanticVersion: report.version,
            rules: report.rules.map(ruleDescriptor),
          },
        },
        invocations: [invocation(report)],
        originalUriBaseIds: { [sourceRoot]: { uri: folderUri(report.base) } },
        columnKind: 'utf16CodeUnits',
        results: report.findings.map((finding) => result(finding, report, fingerprints)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleDescriptor(rule: Rule): object {
  const { id, severity, docs } = rule;
  return {
    id,
    name: id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: docs.summary },
    fullDescription: { text: docs.why },
    help: { text: rulePage(rule), markdown: rulePage(rule) },
    defaultConfiguration: { level: levelOf(severity) },
  };
}

/** What kept the check from being complete, for services that show no standard error. */
function invocation({ failures, limits }: CheckReport): object {
  return {
    executionSuccessful: failures.length === 0,
    toolExecutionNotifications: [
      ...limits.map((text) => ({ level: 'note', message: { text } })),
      ...failures.map(({ ruleId, message }) => ({
        level: 'error',
        message: { text: message },
        associatedRule: { id: ruleId },
      })),
    ],
  };
}

function result(finding: ReportedFinding, { base, rules }: CheckReport, fingerprints: Fingerprints): object {
  const fix = finding.fixes.find(({ isPreferred }) => isPreferred);
  return {
    ruleId: finding.ruleId,
    ruleIndex: rules.findIndex(({ id }) => id === finding.ruleId),
    level: levelOf(finding.severity),
    message: { text: finding.message },
    locations: [{ physicalLocation: physicalLocation(base, finding.file, finding.range) }],
    relatedLocations: finding.related.flatMap(({ path, range, message }, index) => {
      const file = finding.fileAt(path);
      if (!file) return [];
      return [
        { id: index, physicalLocation: physicalLocation(base, file, range), message: { text: message } },
      ];
    }),
    partialFingerprints: { 'mcpShutdown/v1': fingerprints.of(finding) },
    ...(fix ? { fixes: [sarifFix(fix, finding, base)] } : {}),
  };
}

function sarifFix({ title, edits }: Fix, finding: ReportedFinding, base: string): object {
  return {
    description: { text: title },
    artifactChanges: [...edits].map(([path, changes]) => {
      const file = finding.fileAt(path);
      return {
        artifactLocation: artifactLocation(base, path),
        replacements: changes.map((edit) => ({
          deletedRegion: file
            ? region(file, edit)
            : { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
          insertedContent: { text: edit.newText },
        })),
      };
    }),
  };
}

function physicalLocation(base: string, file: ProjectFile, range: Range): object {
  return { artifactLocation: artifactLocation(base, file.path), region: region(file, range) };
}

function region(file: ProjectFile, range: Range): object {
  const { line, column, endLine, endColumn } = placeOf(file, range);
  return { startLine: line, startColumn: column, endLine, endColumn };
}

/** A relative URI inside of the checked folder, an absolute one outside: SARIF bases must not be climbed out of. */
function artifactLocation(base: string, path: string): object {
  if (!isInside(base, path)) return { uri: fileUri(path) };
  return { uri: encodePath(relativePath(base, path)), uriBaseId: sourceRoot };
}

function folderUri(folder: string): string {
  const uri = fileUri(folder);
  return uri.endsWith('/') ? uri : `${uri}/`;
}

/** `/a b` is `file:///a%20b`, `c:/x` is `file:///c:/x`, `//server/share` is `file://server/share`. */
function fileUri(path: string): string {
  if (path.startsWith('//')) return `file:${encodePath(path)}`;
  const [, drive = '', rest = ''] = /^([a-z]:)?\/?(.*)$/s.exec(path) ?? [];
  return `file:///${drive}${drive ? '/' : ''}${encodePath(rest)}`;
}

function encodePath(path: string): string {
  // A file name may hold half of a surrogate pair, which has no encoding.
  return path
    .replace(/\p{Cs}/gu, '\uFFFD')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
}

function levelOf(severity: Severity): 'error' | 'warning' | 'note' {
  return severity === 'error' || severity === 'warning' ? severity : 'note';
}

/**
 * Tell a finding of one run from its like in the next: by rule, file and the text of its line, with a number
 * where that is the same, so that lines above may come and go.
 */
class Fingerprints {
  private readonly seen = new Map<string, number>();

  constructor(private readonly base: string) {}

  of(finding: Finding & { readonly file: ProjectFile }): string {
    const { file, range, ruleId } = finding;
    const line = file.lines.lineText(file.lines.positionAt(range.start).line).replace(/\s+/g, '');
    const key = [ruleId, relativePath(this.base, file.path), line].join('\n');
    const count = (this.seen.get(key) ?? 0) + 1;
    this.seen.set(key, count);
    return `${createHash('sha256').update(key).digest('hex').slice(0, 32)}:${count}`;
  }
}
