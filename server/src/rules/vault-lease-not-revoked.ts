import type { Report, Rule } from '../engine/types.ts';
import { hasAwaitingHandler } from '../project/resources/unreleased.ts';
import { unrevokedIn, type VaultTake } from '../project/resources/vault.ts';

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
    fix: `No fix is offered yet. Revoke as one of the last steps of the shutdown: close the database first, then revoke the lease
(\`vault.revoke({ lease_id })\`, or \`PUT /v1/sys/leases/revoke\` with \`{"lease_id": "...", "sync": true}\`), then the own
token (\`vault.tokenRevokeSelf()\`). Give it a limit of about 2 s; where it fails, log that and exit: the TTL is the
fallback.`,
  },

  check({ project, report }) {
    const told = new Set<VaultTake['call']>();
    for (const server of project.servers) {
      const takes = hasAwaitingHandler(server) ? unrevokedIn(server) : [];
      // With the lease goes what was needed to take it: one finding.
      const [take, ...others] = takes.sort((a, b) => Number(b.kind === 'lease') - Number(a.kind === 'lease'));
      if (!take || told.has(take.call)) continue;
      told.add(take.call);
      report(describe(take, others));
    }
  },
};

function describe({ kind, path, call, revoke }: VaultTake, others: readonly VaultTake[]): Report {
  return {
    path,
    range: { start: call.start, end: call.callee.end },
    message:
      kind === 'lease'
        ? `Nothing gives back the lease that this takes from Vault: its credential stays valid until the TTL is over, and every start of the server takes another. Revoke it on shutdown (\`${revoke}\`), once what uses it is closed.`
        : `Nothing revokes the token that this gets from Vault: it stays valid until its TTL is over, with every lease that is taken with it, and every start of the server gets another. Revoke it as the last step of the shutdown (\`${revoke}\`).`,
    related: others.slice(0, 5).map((other) => ({
      path: other.path,
      range: { start: other.call.start, end: other.call.callee.end },
      message:
        other.kind === 'lease'
          ? 'This lease is not given back either.'
          : 'Nor is the token of this login revoked.',
    })),
  };
}
