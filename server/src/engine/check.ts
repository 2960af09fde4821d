import type { Project } from '../project/project.ts';
import { isInside } from '../text/paths.ts';
import { Configs, type SettingsSources } from './config.ts';
import { Suppressions, unusedSuppressionId } from './suppressions.ts';
import type { Finding, Report, Rule } from './types.ts';

/** The rule under which the engine reports mistakes in config files. */
export const invalidConfigurationId = 'invalid-configuration';

export interface CheckOptions {
  /** Only these rules; default all. */
  readonly ruleIds?: readonly string[];
  /** Only findings in these files and below these folders; default everywhere. */
  readonly paths?: readonly string[];
}

/** A rule that broke, which is a defect of the rule and not of the project. */
export interface RuleFailure {
  readonly ruleId: string;
  readonly error: unknown;
}

export interface CheckResult {
  /** By path, then by offset. */
  readonly findings: readonly Finding[];
  readonly failures: readonly RuleFailure[];
}

/**
 * Runs rules over a project and applies what people set: severities, exclusions, suppression comments.
 * Never throws: a rule that does is named in `failures`, and the others still count.
 * @param rules every rule that exists, also those that `options` leaves out: their names are valid in comments.
 */
export function check(
  project: Project,
  rules: readonly Rule[],
  sources: SettingsSources = {},
  options: CheckOptions = {},
): CheckResult {
  const ruleIds = rules.map(({ id }) => id);
  const configs = new Configs(project, ruleIds, sources);
  const selected = rules.filter(({ id }) => options.ruleIds?.includes(id) ?? true);
  const failures: RuleFailure[] = [];
  const toFindings = (id: string, reports: readonly Report[]) => {
    const rule = selected.find((rule) => rule.id === id);
    return rule ? reports.flatMap((report) => configured(rule, report, configs)) : [];
  };
  const found = [
    ...selected.flatMap((rule) => toFindings(rule.id, runRule(project, rule, failures))),
    ...toFindings(invalidConfigurationId, configReports(configs)),
  ];

  const suppressions = new Suppressions(project);
  const suppressed = suppressions.filter(found);
  const unused = suppressions.unused({
    ruleIds,
    isKnown: (id, path) =>
      project.limits.length === 0 &&
      selected.some((rule) => rule.id === id) &&
      !failures.some(({ ruleId }) => ruleId === id) &&
      configs.for(path).levelOf(id) !== 'off',
  });
  const kept = [...suppressed, ...toFindings(unusedSuppressionId, unused)];
  return { findings: kept.filter(isAskedFor(options.paths, configs)).sort(byPlace), failures };
}

/** What a rule reports; nothing but a failure where it throws or names a place that does not exist. */
function runRule(project: Project, rule: Rule, failures: RuleFailure[]): Report[] {
  const reports: Report[] = [];
  try {
    rule.check({ project, report: (report) => reports.push(report) });
    for (const { path, range, related = [] } of reports) {
      for (const place of [{ path, range }, ...related]) assertExists(project, place.path, place.range);
    }
    return reports;
  } catch (error) {
    failures.push({ ruleId: rule.id, error });
    return [];
  }
}

function assertExists(project: Project, path: string, { start, end }: Report['range']): void {
  const length = project.files.get(path)?.text.length;
  if (length === undefined || start < 0 || end < start || end > length) {
    throw new RangeError(`no such place in the project: ${path} ${start}..${end}`);
  }
}

function configReports(configs: Configs): Report[] {
  return configs.problems.map(({ path, start, end, message }) => ({ path, range: { start, end }, message }));
}

/** The report as a finding with its severity, or nothing where the rule is off or the file excluded. */
function configured(rule: Rule, report: Report, configs: Configs): Finding[] {
  const config = configs.for(report.path);
  const level = config.levelOf(rule.id);
  if (level === 'off' || config.isExcluded(report.path)) return [];
  const severity = level === 'default' ? (report.severity ?? rule.severity) : level;
  return [{ ...report, ruleId: rule.id, severity, related: report.related ?? [] }];
}

/** Whether a finding lies in one of the paths, or in a config file that counts for one of them. */
function isAskedFor(paths: readonly string[] | undefined, configs: Configs): (finding: Finding) => boolean {
  if (paths === undefined) return () => true;
  const configFiles = new Set(paths.flatMap((path) => [configs.fileFor(path), configs.fileFor(`${path}/.`)]));
  return ({ path, ruleId }) =>
    paths.some((folder) => isInside(folder, path)) ||
    (ruleId === invalidConfigurationId && configFiles.has(path));
}

function byPlace(a: Finding, b: Finding): number {
  return (
    inOrder(a.path, b.path) ||
    a.range.start - b.range.start ||
    a.range.end - b.range.end ||
    inOrder(a.ruleId, b.ruleId)
  );
}

function inOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
