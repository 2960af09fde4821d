import type { Rule } from '../engine/types.ts';
import { assessed } from '../project/shutdown/assess.ts';
import { registration } from '../project/shutdown/places.ts';
import { closesListenerFirst, flagsOf, isAnyHeeded } from '../project/shutdown/refusal.ts';

export const acceptsRequestsWhileDraining: Rule = {
  id: 'accepts-requests-while-draining',
  severity: 'information',
  docs: {
    summary: 'While the server waits for its calls to finish, the MCP route goes on taking new ones.',
    what: `Reports a network server whose SIGTERM handler lets the calls finish, where no other
code looks at anything that the handler sets, and the listener stays open meanwhile.

Not reported: servers that close the listener before they wait.`,
    why: `Calls that come in during the wait make it longer, up to its limit, and those that are still running then are cut off.
A client that is told 503, with a JSON-RPC error and \`Retry-After\`, tries again elsewhere; one that is let in is dropped.`,
    fix: 'No fix is offered yet: answer new requests with 503 in front of the MCP route while the server stops.',
  },

  check({ project, report }) {
    for (const one of assessed(project.servers)) {
      const { judgement, server, path } = one;
      if (judgement.kind !== 'drains' || !server.isNetwork || path.view.drains.length === 0) continue;
      if (closesListenerFirst(path.view)) continue;
      const flags = flagsOf(path.view, server);
      const open = server.routes.find((route) => route.handsTo !== undefined && route.method !== 'delete');
      if (!open || isAnyHeeded(path.view, flags, server)) continue;
      report({
        path: open.path,
        range: open.branch
          ? { start: open.branch.site.start, end: open.branch.site.end }
          : { start: open.call.start, end: open.call.callee.end },
        message:
          'While the server waits for its calls to finish after SIGTERM, this route goes on taking new sessions and calls: they make the wait longer and are cut off at its end. Answer them with 503 while it stops.',
        related: [registration(one)],
      });
    }
  },
};
