import type { Rule } from '../engine/types.ts';
import { unclearedIn } from '../project/resources/credentials.ts';
import { hasAwaitingHandler } from '../project/resources/unreleased.ts';

export const credentialsNotCleared: Rule = {
  id: 'credentials-not-cleared',
  severity: 'hint',
  docs: {
    summary: 'Credentials that a module gathers while it runs are still held when the server has shut down.',
    what: `Reports a variable of a module whose name says that it holds credentials (\`tokens\`, \`apiKeyCache\`, \`cachedToken\`), that
gets them while the server runs (\`tokens.set(id, token)\`, \`cachedToken = await logIn()\`), and that the SIGTERM handler does
not empty.

Not reported: what is read from the environment once; counts and limits of a model's tokens; stores that a function emptied
whose name says that it is meant for the end (\`clear\`, \`dispose\`, \`logOut\`...); and servers whose SIGTERM handler is missing or
awaits nothing, which other rules report.`,
    why: `Between the last call and the end of the process credentials have no more use, but what goes on in that time (a core dump,
a heap snapshot, an error report with its variables) still finds them by their name.

It is a small gain, and a clear name for it helps: clearing drops references. A JavaScript string cannot be overwritten,
and copies of it stay in memory until they are reused. Only a Buffer that never was a string can be wiped (\`.fill(0)\`).
The real control is to revoke on shutdown what can be revoked, and to keep lifetimes short.`,
    fix: `No fix is offered. Clear the store after the calls in flight have finished and after leases and tokens are revoked, and
say in a comment that this drops references.`,
  },

  check({ project, report }) {
    const told = new Set<object>();
    for (const server of project.servers) {
      for (const { path, binding, clearing } of hasAwaitingHandler(server) ? unclearedIn(server) : []) {
        if (told.has(binding)) continue;
        told.add(binding);
        report({
          path,
          range: binding.range,
          message: `Shutting down does not drop the credentials in ${binding.name}: they are held until the process is gone. Clear it late in the shutdown (\`${clearing}\`). That drops references only, a string cannot be overwritten; revoke what can be revoked.`,
        });
      }
    }
  },
};
