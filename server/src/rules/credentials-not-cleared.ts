import type { Rule } from '../engine/types.ts';
import { dropOnShutdown } from '../fixes/credentials/dropOnShutdown.ts';
import type { Project } from '../project/project.ts';
import { type CredentialStore, unclearedIn } from '../project/resources/credentials.ts';
import { hasAwaitingHandler } from '../project/resources/unreleased.ts';
import type { McpServer } from '../project/server.ts';

export const credentialsNotCleared: Rule = {
  id: 'credentials-not-cleared',
  severity: 'hint',
  docs: {
    summary: 'Credentials that a module gathers while it runs are still held when the server has shut down.',
    what: `Reports a variable of a module whose name says that it holds credentials (\`tokens\`, \`apiKeyCache\`, \`cachedToken\`), that
gets them while the server runs (\`tokens.set(id, token)\`, \`cachedToken = await logIn()\`), and that the SIGTERM handler does
not empty.

Not reported: what is read from the environment once; counts and limits of a model's tokens; stores that a function emptied
whose name says that it is meant for the end (\`clear\`, \`drop\`, \`logOut\`...); and servers whose SIGTERM handler is missing or
awaits nothing, which other rules report.`,
    why: `Between the last call and the end of the process credentials have no more use, but what goes on in that time (a core dump,
a heap snapshot, an error report with its variables) still finds them by their name.

It is a small gain, and a clear name for it helps: clearing drops references. A JavaScript string cannot be overwritten,
and copies of it stay in memory until they are reused. Only a Buffer that never was a string can be wiped (\`.fill(0)\`).
The real control is to revoke on shutdown what can be revoked, and to keep lifetimes short.`,
    fix: `*Drop the credentials in ... on shutdown* empties the store in the handler, behind the steps that may still need
it (database, Vault) and before telemetry, with a comment that says what this does: references are dropped, nothing is
wiped. Where the store is not the handler's to name, its module gets a function for that. It is offered where the handler
has one exit, in an async function or where a callback or a chain of promises ends, or is the full handler with its
list of steps, and the variable's type leaves it empty. The full handler that is inserted where there is none has that
step, too. It changes what the process does when it is stopped, so it is not applied by fix-all.`,
  },

  check({ project, report }) {
    for (const { store } of heldIn(project)) {
      const { path, binding, clearing } = store;
      report({
        path,
        range: binding.range,
        message: `Shutting down does not drop the credentials in ${binding.name}: they are held until the process is gone. Clear it late in the shutdown (\`${clearing}\`). That drops references only, a string cannot be overwritten; revoke what can be revoked.`,
      });
    }
  },

  fixes(project, { path, range, ruleId }) {
    const held = heldIn(project).find(
      ({ store }) => store.path === path && store.binding.range.start === range.start,
    );
    return held ? dropOnShutdown(project, held.server, held.store, ruleId) : [];
  },
};

/** The stores that shutting down does not clear; each once, though several servers have it. */
function heldIn(project: Project): { server: McpServer; store: CredentialStore }[] {
  const told = new Set<object>();
  return project.servers.flatMap((server) => {
    const stores = hasAwaitingHandler(server) ? unclearedIn(server) : [];
    return stores.flatMap((store) => {
      if (told.has(store.binding)) return [];
      told.add(store.binding);
      return [{ server, store }];
    });
  });
}
