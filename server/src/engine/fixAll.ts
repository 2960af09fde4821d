import type { Project } from '../project/project.ts';
import { applyEdits, editsConflict, type FileEdits, type TextEdit } from '../text/edits.ts';
import type { RuleFailure } from './check.ts';
import type { Finding, Fix, Rule } from './types.ts';

export interface FixAllResult {
  /** The edits of all applied fixes, against the project's texts. */
  readonly edits: FileEdits;
  /** The findings whose fixes are among them. */
  readonly fixed: readonly Finding[];
  readonly failures: readonly RuleFailure[];
}

/**
 * The fixes of a finding, from the project as it is now; the preferred one first.
 * @throws what the rule throws, or a RangeError when a fix cannot be applied to the project's texts.
 */
export async function fixesOf(project: Project, finding: Finding, rules: readonly Rule[]): Promise<Fix[]> {
  const rule = rules.find(({ id }) => id === finding.ruleId);
  const fixes = (await rule?.fixes?.(project, finding)) ?? [];
  for (const { edits } of fixes) {
    for (const [path, changes] of edits) applyEdits(project.files.get(path)?.text ?? '', changes);
  }
  return fixes;
}

/**
 * The preferred fixes of the findings, as far as they do not conflict: of two that do, the first wins
 * and the other waits for the next check. A rule that throws is named in `failures`; the others still count.
 * @param isTaken the safe ones, unless somebody asks for others
 */
export async function fixAll(
  project: Project,
  findings: readonly Finding[],
  rules: readonly Rule[],
  isTaken: (fix: Fix) => boolean = isAutomatic,
): Promise<FixAllResult> {
  const taken = new TakenEdits();
  const fixed: Finding[] = [];
  const failures: RuleFailure[] = [];
  for (const finding of findings) {
    try {
      const fix = (await fixesOf(project, finding, rules)).find(isTaken);
      if (fix && taken.take(fix.edits)) fixed.push(finding);
    } catch (error) {
      failures.push({ ruleId: finding.ruleId, error });
    }
  }
  return { edits: taken.byPath, fixed, failures };
}

/** Whether fix-all may take it without asking. */
export function isAutomatic(fix: Fix): boolean {
  return fix.isSafe && fix.isPreferred;
}

/** Edits that do not conflict with each other. */
class TakenEdits {
  readonly byPath = new Map<string, TextEdit[]>();
  /** Where the last edit of each file ends: findings come in order, so that most edits lie behind it. */
  private readonly ends = new Map<string, number>();

  /** Takes all edits of a fix, or none where one conflicts with an edit that was taken before. */
  take(fix: FileEdits): boolean {
    if ([...fix].some(([path, edits]) => this.conflicts(path, edits))) return false;
    for (const [path, edits] of fix) {
      const taken = this.byPath.get(path) ?? [];
      taken.push(...edits);
      this.byPath.set(path, taken);
      this.ends.set(path, Math.max(this.ends.get(path) ?? 0, ...edits.map(({ end }) => end)));
    }
    return true;
  }

  private conflicts(path: string, edits: readonly TextEdit[]): boolean {
    const end = this.ends.get(path) ?? -1;
    if (edits.every(({ start }) => start > end)) return false;
    return editsConflict(edits, this.byPath.get(path) ?? []);
  }
}
