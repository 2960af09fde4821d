import type { Report, Rule } from '../engine/types.ts';
import { revokeOnShutdown } from '../fixes/vault/revokeOnShutdown.ts';
import { calleeRange } from '../languages/source/walk.ts';
import type { Project } from '../project/project.ts';
import { hasAwaitingHandler } from '../project/resources/unreleased.ts';
import { unrevokedIn, type VaultTake } from '../project/resources/vault.ts';
import type { McpServer } from '../project/server.ts';

export const vaultLeaseNotRevoked: Rule = {
  id: 'vault-lease-not-revoked',
  severity: 'warning',
  docs: {
    summary: 'A lease or token is taken from Vault and never given back.',
    what: `Reports where a server takes a lease on a dynamic secret (\`database/creds/app\`, \`aws/sts/deploy\`) or logs in for a token
of its own (\`auth/approle/login\`), through node-vault, hashi-vault-js or plain HTTP requests to Vault, and nothing that the
server runs ever revokes it. Where a token is revoked, the leases that were taken with it count as revoked: Vault does
that.

Not reported: static secrets (\`secret/data/...\`, \`database/static-creds/...\`), which have no lease; a token that comes
from the environment, which is not this process's to revoke; and servers whose SIGTERM handler is missing or awaits
nothing, which other rules report.`,
    why: `A lease outlives the process. Each start of the server takes another database user or cloud key, and each stays valid
until its TTL is over (an hour, a day, 32 days by Vault's own default), whether anybody still knows it or not. A deployment
that restarts often fills the database with users, and a credential that has leaked with a dead process still opens the
door.`,
    fix: `*Revoke the Vault lease on shutdown* notes the id of each lease, and the token of each login, where it is taken,
and gives all of it back in the handler: behind the step that closes the database, the leases first
(\`PUT /v1/sys/leases/revoke\` with \`sync\`), the own token last. It waits for 2 s at most; a failure is logged to stderr and
no more, because the TTL is the fallback. A token from the environment is used and left valid. With node-vault the lease
goes through \`vault.request()\`: its \`revoke()\` does not send \`sync\`, and takes the 202 that Vault answers then for an
error.

It is offered where the handler has one exit, in an async function or where a callback or a chain of promises ends, or
is the full handler with its list of steps, and everything is taken in one file: with node-vault or hashi-vault-js, or
by plain requests of \`fetch\`, axios (also an instance of it) or undici whose answer is read as JSON in the same
function. What a function of the module cannot name (a client in a field, a token in a variable) is noted with each
lease. The full handler that is inserted where there is none gives leases and tokens back in the same way. It changes
what the process does when it is stopped, so it is not applied by fix-all. Where it is not offered: close the
database, then revoke, the own token last, each with a limit.`,
  },

  check({ project, report }) {
    for (const { takes } of takenIn(project)) report(describe(takes));
  },

  fixes(project, { path, range, ruleId }) {
    const found = takenIn(project).find(
      ({ takes: [take] }) => take.path === path && take.call.start === range.start,
    );
    return found ? revokeOnShutdown(project, found.server, found.takes, ruleId) : [];
  },
};

type Takes = readonly [VaultTake, ...VaultTake[]];

/** What each server takes and does not give back; not what another server is told of already. */
function takenIn(project: Project): { server: McpServer; takes: Takes }[] {
  const told = new Set<VaultTake['call']>();
  return project.servers.flatMap((server) => {
    const takes = hasAwaitingHandler(server) ? unrevokedIn(server) : [];
    // With the lease goes what was needed to take it: one finding.
    const [take, ...others] = takes.sort((a, b) => Number(b.kind === 'lease') - Number(a.kind === 'lease'));
    if (!take || told.has(take.call)) return [];
    told.add(take.call);
    return [{ server, takes: [take, ...others] as const }];
  });
}

function describe([{ kind, path, call, revoke }, ...others]: Takes): Report {
  return {
    path,
    range: calleeRange(call),
    message:
      kind === 'lease'
        ? `Nothing gives back the lease that this takes from Vault: its credential stays valid until the TTL is over, and every start of the server takes another. Revoke it on shutdown (\`${revoke}\`), once what uses it is closed.`
        : `Nothing revokes the token that this gets from Vault: it stays valid until its TTL is over, with every lease that is taken with it, and every start of the server gets another. Revoke it as the last step of the shutdown (\`${revoke}\`).`,
    related: others.slice(0, 5).map((other) => ({
      path: other.path,
      range: calleeRange(other.call),
      message:
        other.kind === 'lease'
          ? 'This lease is not given back either.'
          : 'Nor is the token of this login revoked.',
    })),
  };
}
