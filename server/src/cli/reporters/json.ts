import { isAutomatic } from '../../engine/fixAll.ts';
import { severities } from '../../engine/types.ts';
import { relativePath } from '../../text/paths.ts';
import { type CheckReport, placeOf, type ReportedFinding } from '../report.ts';

/**
 * The findings for a program. The shape is a promise: within one `version` keys are only ever added.
 * Paths are relative to the checked folder; lines and columns start at 1, columns count UTF-16 units, and the
 * end is behind the last character.
 */
export function jsonReport(report: CheckReport): string {
  const { findings, fixed, limits, failures, base } = report;
  const count = Object.fromEntries(
    severities.map((severity) => [
      severity,
      findings.filter((finding) => finding.severity === severity).length,
    ]),
  );
  const value = {
    version: 1,
    tool: { name: 'mcp-shutdown', version: report.version },
    findings: findings.map((finding) => findingJson(finding, base)),
    summary: {
      ...count,
      fixable: findings.filter(({ fixes }) => fixes.some(isAutomatic)).length,
      ...(fixed === undefined ? {} : { fixed }),
    },
    limits,
    failures: failures.map(({ ruleId, message }) => ({ rule: ruleId, message })),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

function findingJson(finding: ReportedFinding, base: string): object {
  return {
    path: relativePath(base, finding.path),
    ...placeOf(finding.file, finding.range),
    severity: finding.severity,
    rule: finding.ruleId,
    message: finding.message,
    related: finding.related.map(({ path, range, message }) => ({
      path: relativePath(base, path),
      ...placeOf(finding.fileAt(path) ?? finding.file, range),
      message,
    })),
    fixes: finding.fixes.map(({ title, isSafe, isPreferred }) => ({ title, isSafe, isPreferred })),
  };
}
