import type { Fix, Rule } from '../engine/types.ts';
import { closeLater } from '../fixes/shutdown/closeLater.ts';
import { waitForCalls } from '../fixes/shutdown/waitForCalls.ts';
import type { Project } from '../project/project.ts';
import { type AssessedPath, assessed } from '../project/shutdown/assess.ts';
import { headOf, place, registration } from '../project/shutdown/places.ts';
import type { Spot } from '../project/shutdown/steps.ts';
import type { Action } from '../project/shutdown/view.ts';

export const cleanupBeforeDrain: Rule = {
  id: 'cleanup-before-drain',
  severity: 'warning',
  docs: {
    summary: 'The SIGTERM handler closes what the tool calls need, and waits for them only then.',
    what: `Reports a handler that does wait for the calls in flight, but has closed the transport, the MCP server or a resource
(a database pool, a cache) before it. Closing the HTTP listener first is not reported: open requests go on.`,
    why: `After the close the wait protects nothing. A closed transport aborts the calls and drops their answers; a closed pool
lets them fail in the middle of their work. The wait then ends at once, or runs into its limit, and the log says that all
went well.`,
    fix: `*Close it behind the wait* moves every close of an MCP server, a transport or a resource that stands before the wait behind it,
with its comments; a handler that can be run again meanwhile gets the guard of \`reentrant-shutdown\`. It is offered where the
closes and the wait are statements of one block. Elsewhere *Wait for the calls in flight before closing* adds a wait in front, as
for \`in-flight-calls-dropped\`. Neither is safe: only now does stopping take as long as the calls do.`,
  },

  check({ project, report }) {
    for (const one of assessed(project.servers)) {
      const early = closedEarly(one);
      if (!early) continue;
      const { step, effect } = early.action;
      const what =
        effect.kind === 'closes-mcp'
          ? effect.what
          : effect.kind === 'releases'
            ? `the ${effect.release.row.what}`
            : 'it';
      const outcome =
        effect.kind === 'closes-mcp'
          ? 'they are aborted and no answer is sent'
          : 'they fail in the middle of their work';
      report({
        path: step.spot.path,
        range: headOf(step.spot),
        message: `On SIGTERM this closes ${what} before the calls in flight are waited for: ${outcome}, and the wait protects nothing. Wait first, then close.`,
        related: [registration(one), place(early.wait, 'The wait for the calls stands here.')],
      });
    }
  },

  fixes(project, finding) {
    for (const one of assessed(project.servers)) {
      const early = closedEarly(one);
      const spot = early?.action.step.spot;
      if (early && spot?.path === finding.path && spot.expr.start === finding.range.start)
        return laterOrWaited(project, one, early, finding.ruleId);
    }
    return [];
  },
};

/** Moved behind the wait, or where that cannot be, with a wait of its own before it. */
function laterOrWaited(project: Project, one: AssessedPath, { action, wait }: Early, ruleId: string): Fix[] {
  const later = closeLater(project, one, wait, ruleId);
  return later.length > 0 ? later : waitForCalls(project, [{ one, step: action.step }], ruleId);
}

interface Early {
  readonly action: Action;
  readonly wait: Spot;
}

/** What is closed before the calls are waited for, and where they are. */
function closedEarly({ judgement, path }: AssessedPath): Early | undefined {
  if (judgement.kind === 'drains too late') return judgement;
  return judgement.kind === 'drains' ? path.view.releasedBeforeDrain : undefined;
}
