import type { Project } from '../project/project.ts';
import type { FileEdits } from '../text/edits.ts';
import type { Range } from '../text/range.ts';

/** How loud a finding is, loudest first; the four levels of the Language Server Protocol. */
export const severities = ['error', 'warning', 'information', 'hint'] as const;
export type Severity = (typeof severities)[number];

/** A place that proves or explains a finding, often in another file. */
export interface RelatedLocation {
  readonly path: string;
  readonly range: Range;
  readonly message: string;
  /** As much the cause as the finding's own place: it is told here, too, where that one is not shown. */
  readonly isCause?: true;
}

/** What a rule says of a project. */
export interface Report {
  readonly path: string;
  readonly range: Range;
  /** What happens to the user, where the evidence is and what to do; one or two sentences, no trailing newline. */
  readonly message: string;
  /** Set where the circumstances make it louder or quieter than the rule's own severity. */
  readonly severity?: Severity;
  readonly related?: readonly RelatedLocation[];
  /** What the rule's own `fixes` needs to find the place again; plain JSON. */
  readonly data?: unknown;
}

/** A report with its rule, after severities, suppressions and exclusions were applied. */
export interface Finding extends Report {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly related: readonly RelatedLocation[];
}

/** A change that a person may take. Its edits are against the texts of the project it was computed from. */
export interface Fix {
  readonly ruleId: string;
  /** What it does, as a command: "Rewrite as exec form: CMD [...]". */
  readonly title: string;
  /** Whether it keeps everything but the defect; only safe fixes are applied by fix-all and `--fix`. */
  readonly isSafe: boolean;
  /** The one that a person most likely wants. At most one of a finding's fixes. */
  readonly isPreferred: boolean;
  readonly edits: FileEdits;
}

export interface RuleContext {
  readonly project: Project;
  report(report: Report): void;
}

/** One defect that the product knows: everything about it but its fixtures stands in one file. */
export interface Rule {
  /** Names the bad thing, in kebab case. The same in code, test folder, documentation page and setting. */
  readonly id: string;
  readonly severity: Severity;
  readonly docs: RuleDocs;
  /** Reports every case in the project. Never reads the disk, never parses. */
  check(context: RuleContext): void;
  /** The fixes of one finding of this rule, from the project as it is now, or `[]`; the preferred one first. */
  fixes?(project: Project, finding: Finding): Fix[] | Promise<Fix[]>;
}

/** The rule's page. Markdown; the examples come from the rule's fixtures. */
export interface RuleDocs {
  /** One line: what is flagged. */
  readonly summary: string;
  /** What it does: what exactly is looked for, and what is never flagged. */
  readonly what: string;
  /** Why is this bad: what happens to the caller, with the measured facts. */
  readonly why: string;
  /** What the fixes change, and whether they are safe. */
  readonly fix: string;
}
