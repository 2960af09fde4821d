import type { CheckReport } from '../../server/src/cli/report.ts';
import { check } from '../../server/src/engine/check.ts';
import { fixesOf } from '../../server/src/engine/fixAll.ts';
import type { Rule } from '../../server/src/engine/types.ts';
import { projectOf } from './handMade.ts';

/** What a check of some texts by some rules gives to the reporters. */
export async function reportOf(
  texts: Record<string, string>,
  rules: readonly Rule[],
  changed: Partial<CheckReport> = {},
): Promise<CheckReport> {
  const project = projectOf(texts);
  const findings = [];
  for (const finding of check(project, rules).findings) {
    findings.push({
      ...finding,
      file: project.files.get(finding.path)!,
      fixes: await fixesOf(project, finding, rules),
      fileAt: (path: string) => project.files.get(path),
    });
  }
  return {
    base: '/repo',
    cwd: '/repo',
    findings,
    rules,
    hiddenHints: 0,
    fixed: undefined,
    limits: [],
    failures: [],
    servers: 0,
    dockerfiles: 0,
    version: '1.2.3',
    ...changed,
  };
}
