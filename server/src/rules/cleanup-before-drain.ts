import type { Rule } from '../engine/types.ts';
import { assessed } from '../project/shutdown/assess.ts';
import { headOf, place, registration } from '../project/shutdown/places.ts';

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
    fix: 'No fix is offered yet: move the wait up, before everything that a call needs.',
  },

  check({ project, report }) {
    for (const one of assessed(project.servers)) {
      const { judgement, path } = one;
      const early =
        judgement.kind === 'drains too late'
          ? { action: judgement.action, wait: judgement.wait }
          : judgement.kind === 'drains'
            ? path.view.releasedBeforeDrain
            : undefined;
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
};
