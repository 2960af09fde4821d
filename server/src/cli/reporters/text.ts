import { isAutomatic } from '../../engine/fixAll.ts';
import { severities } from '../../engine/types.ts';
import { excerptOf } from '../excerpt.ts';
import { type CheckReport, counted, placeOf, type ReportedFinding, shortPath } from '../report.ts';
import { type Paint, printable, severityFormats } from '../terminal.ts';

export interface TextOptions {
  readonly paint: Paint;
  /** The width of the terminal; `undefined` for a file or pipe. */
  readonly columns: number | undefined;
  /** Findings only, no summary. */
  readonly quiet: boolean;
}

/** The findings for a person: place, severity, message, rule, the source with carets, related places; then a summary. */
export function textReport(report: CheckReport, options: TextOptions): string {
  const findings = report.findings.map((finding) => findingText(finding, report.cwd, options)).join('');
  return options.quiet ? findings : findings + summary(report);
}

function findingText(finding: ReportedFinding, cwd: string, { paint, columns }: TextOptions): string {
  const { file, range, severity, message, ruleId } = finding;
  const format = severityFormats[severity];
  const at = `${printable(shortPath(cwd, finding.path))}:${startOf(finding)}`;
  const head = `${at}  ${paint(format, severity)}  ${printable(message)}  ${paint('gray', ruleId)}\n`;

  const number = String(placeOf(file, range).line);
  const gutter = ' '.repeat(number.length);
  const { line, marks } = excerptOf(file, range, Math.max(40, (columns ?? 120) - number.length - 5));
  const source =
    `  ${paint('gray', `${number} |`)} ${line}\n` +
    `  ${paint('gray', `${gutter} |`)} ${paint(format, marks)}\n`;
  return `${head}${source}${relatedText(finding, cwd)}\n`;
}

function startOf({ file, range }: ReportedFinding): string {
  const { line, column } = placeOf(file, range);
  return `${line}:${column}`;
}

function relatedText(finding: ReportedFinding, cwd: string): string {
  return finding.related
    .map(({ path, range, message }) => {
      const file = finding.fileAt(path);
      const line = file ? `:${placeOf(file, range).line}` : '';
      return `    ${printable(shortPath(cwd, path))}${line}  ${printable(message)}\n`;
    })
    .join('');
}

/** `3 problems in 2 files (1 error, 2 warnings); 1 can be fixed with --fix`. */
function summary({ findings, hiddenHints, fixed, servers, dockerfiles }: CheckReport): string {
  const done = fixed === undefined ? '' : `Fixed ${counted(fixed, 'problem')}. `;
  const hidden =
    hiddenHints > 0 ? `${counted(hiddenHints, 'hint')} not shown (see them with --hints).\n` : '';
  if (findings.length === 0) {
    const looked = [
      ...(servers > 0 ? [counted(servers, 'MCP server')] : []),
      ...(dockerfiles > 0 ? [counted(dockerfiles, 'Dockerfile')] : []),
    ];
    const where = looked.length > 0 ? `in ${looked.join(' and ')}` : 'found: there is no MCP server here';
    return `${done}No problems ${where}.\n${hidden}`;
  }
  const files = new Set(findings.map(({ path }) => path)).size;
  const parts = severities.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    const many = severity === 'information' ? severity : `${severity}s`;
    return count > 0 ? [counted(count, severity, many)] : [];
  });
  return `${done}${counted(findings.length, 'problem')} in ${counted(files, 'file')} (${parts.join(', ')})${fixable(findings)}\n${hidden}`;
}

function fixable(findings: readonly ReportedFinding[]): string {
  const safe = findings.filter(({ fixes }) => fixes.some(isAutomatic)).length;
  const more = findings.filter(({ fixes }) => fixes.some(({ isPreferred }) => isPreferred)).length - safe;
  const ways = [
    ...(safe > 0 ? [`${safe} can be fixed with --fix`] : []),
    ...(more > 0 ? [`${more} ${safe > 0 ? 'more' : 'can be fixed'} with --fix --unsafe-fixes`] : []),
  ];
  return ways.length > 0 ? `; ${ways.join(', ')}` : '';
}
