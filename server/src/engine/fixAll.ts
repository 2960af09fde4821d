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
 * The safe preferred fixes of the findings, as far as they do not conflict: of two that do, the first wins
 * and the other waits for the next check. A rule that throws is named in `failures`; the others still count.
 */
export async function fixAll(
  project: Project,
  findings: readonly Finding[],
  rules: readonly Rule[],
): Promise<FixAllResult> {
  const edits = new Map<string, readonly TextEdit[]>();
  const fixed: Finding[] = [];
  const failures: RuleFailure[] = [];
  for (const finding of findings) {
    try {
      const fix = (await fixesOf(project, finding, rules)).find(isAutomatic);
      if (!fix || conflicts(fix.edits, edits)) continue;
      for (const [path, changes] of fix.edits) edits.set(path, [...(edits.get(path) ?? []), ...changes]);
      fixed.push(finding);
    } catch (error) {
      failures.push({ ruleId: finding.ruleId, error });
    }
  }
  return { edits, fixed, failures };
}

/** Whether fix-all may take it without asking. */
export function isAutomatic(fix: Fix): boolean {
  return fix.isSafe && fix.isPreferred;
}

function conflicts(fix: FileEdits, taken: FileEdits): boolean {
  return [...fix].some(([path, changes]) => editsConflict(changes, taken.get(path) ?? []));
}
