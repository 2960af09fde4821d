import type { Directive } from '../languages/directives.ts';
import type { Project, ProjectFile } from '../project/project.ts';
import { didYouMean } from './closest.ts';
import type { Finding, Report } from './types.ts';

/** The rule under which the engine reports suppression comments that do nothing. */
export const unusedSuppressionId = 'unused-suppression';

/** What the rule's fix needs to find the comment again, and which of its names to take out. */
export interface UnusedData {
  readonly kind: 'unused' | 'unknown-rule' | 'unknown-form';
  /** Where the comment starts. */
  readonly comment: number;
  /** The names that do nothing; all of them, or none named, means the comment does nothing. */
  readonly names: readonly string[];
}

/** What was checked, for the question whether a suppression without effect is one. */
export interface Checked {
  readonly ruleIds: readonly string[];
  /** Whether the findings of a rule in a file are known: it ran, is not off, and everything was read. */
  isKnown(ruleId: string, path: string): boolean;
}

/** One suppression comment and the rules of which it suppressed a finding. */
interface Use {
  readonly file: ProjectFile;
  readonly directive: Directive;
  /** The line that a `next-line` comment speaks of. */
  readonly line: number;
  readonly used: Set<string>;
}

/** The suppression comments of a project, with a tally of what each was good for. */
export class Suppressions {
  private readonly uses = new Map<string, Use[]>();

  constructor(project: Project) {
    for (const file of project.files.values()) {
      if (file.directives.length > 0) this.uses.set(file.path, file.directives.map(useOf(file)));
    }
  }

  /** The findings that no comment suppresses. A comment for one line counts before one for the file. */
  filter(findings: readonly Finding[]): Finding[] {
    return findings.filter((finding) => {
      const uses = this.uses.get(finding.path)?.filter((use) => suppresses(use, finding)) ?? [];
      const use = uses.find(({ directive }) => directive.scope === 'next-line') ?? uses[0];
      use?.used.add(finding.ruleId);
      return use === undefined;
    });
  }

  /** What is to be said of comments that suppressed nothing; to be asked after all findings were filtered. */
  unused(checked: Checked): Report[] {
    return [...this.uses.values()].flatMap((uses) => {
      const isSilenced = silencer(uses);
      return uses.filter((use) => !isSilenced(use)).flatMap((use) => reportsOn(use, checked));
    });
  }
}

function useOf(file: ProjectFile): (directive: Directive) => Use {
  return (directive) => ({
    file,
    directive,
    line: file.lines.positionAt(directive.target).line,
    used: new Set(),
  });
}

function suppresses({ directive, file, line }: Use, finding: Finding): boolean {
  const { scope, rules } = directive;
  if (scope === 'unknown' || (rules.length > 0 && !rules.some(({ id }) => id === finding.ruleId)))
    return false;
  const { start } = finding.range;
  const isContinued = directive.target <= start && start < (directive.targetEnd ?? 0);
  return scope === 'file' || isContinued || file.lines.positionAt(start).line === line;
}

/**
 * Tells of which comments of a file nothing is to be said: another one names our rule, or the same comment does,
 * or another one stands for all rules and is of use itself. Each is looked at once: a file may hold thousands.
 */
function silencer(uses: readonly Use[]): (use: Use) => boolean {
  const asking = uses.filter(({ directive, used }) =>
    directive.rules.length === 0 ? used.size > 0 : namesOurRule(directive),
  );
  const isFileSilenced = asking.some(({ directive }) => directive.scope === 'file');
  const lines = new Set(
    asking.filter(({ directive }) => directive.scope === 'next-line').map(({ line }) => line),
  );
  return ({ directive, file, line }) => {
    if (isFileSilenced || (directive.scope !== 'unknown' && namesOurRule(directive))) return true;
    return lines.has(line) || lines.has(file.lines.positionAt(directive.range.start).line);
  };
}

function namesOurRule({ rules }: Directive): boolean {
  return rules.some(({ id }) => id === unusedSuppressionId);
}

function reportsOn(use: Use, checked: Checked): Report[] {
  const { scope, rules } = use.directive;
  if (scope === 'unknown') return [formReport(use)];
  if (rules.length === 0) {
    const isKnown = checked.ruleIds.every((id) => checked.isKnown(id, use.file.path));
    return use.used.size === 0 && isKnown ? [report(use, 'unused', [], unusedMessage([]))] : [];
  }
  const names = [...new Set(rules.map(({ id }) => id))];
  const unknown = names.filter((id) => !checked.ruleIds.includes(id));
  const unused = names.filter((id) => {
    const isOurs = unknown.includes(id) || id === unusedSuppressionId;
    return !isOurs && !use.used.has(id) && checked.isKnown(id, use.file.path);
  });
  return [
    ...(unknown.length > 0
      ? [report(use, 'unknown-rule', unknown, unknownMessage(unknown, checked.ruleIds))]
      : []),
    ...(unused.length > 0 ? [report(use, 'unused', unused, unusedMessage(unused))] : []),
  ];
}

function formReport(use: Use): Report {
  const message =
    'This comment suppresses nothing: it must begin with mcp-shutdown-disable-next-line or mcp-shutdown-disable-file.';
  return report(use, 'unknown-form', [], message);
}

function unknownMessage(names: readonly string[], ruleIds: readonly string[]): string {
  const quoted = names.map((name) => `"${name}"`).join(', ');
  const are = names.length === 1 ? 'is no rule' : 'are no rules';
  const first = names.length === 1 ? didYouMean(names[0]!, ruleIds) : '';
  return `There ${are} ${quoted}.${first || ' A reason goes behind " -- ".'}`;
}

function unusedMessage(names: readonly string[]): string {
  const what = names.length === 0 ? 'no finding' : `no finding of ${names.join(' or ')}`;
  return `This comment suppresses ${what}; left in place it would hide the next one.`;
}

/** The report stands at the names that do nothing, or at the comment where that is all of it. */
function report(use: Use, kind: UnusedData['kind'], names: readonly string[], message: string): Report {
  const { range, rules } = use.directive;
  const ranges = rules.filter(({ id }) => names.includes(id)).map((rule) => rule.range);
  const isWhole = ranges.length === 0 || ranges.length === rules.length;
  const data: UnusedData = { kind, comment: range.start, names };
  return {
    path: use.file.path,
    range: isWhole ? range : { start: ranges[0]!.start, end: ranges.at(-1)!.end },
    message,
    data,
  };
}
