/** How what was taken from Vault is given back; expressions name `lease_id` and `ownToken`. */
export type Revocation =
  | {
      readonly kind: 'client';
      /** The lines of a call that revokes a lease. */
      readonly lease: readonly string[];
      /** A call that revokes the own token. */
      readonly token: string;
      readonly tokenIn: TokenPlace;
    }
  | {
      readonly kind: 'fetch';
      /** What stands in front of `/v1/`, as the inside of a template. */
      readonly address: string;
      /** Objects with the token that may revoke a lease, and with the own token. */
      readonly leaseHeaders: string;
      readonly tokenHeaders: string;
      readonly tokenIn: TokenPlace;
    };

/** Where the token is in what a login answers: Vault puts it into `auth`; some clients take it out. */
export type TokenPlace = 'auth' | 'answer';

/** The names that the code goes by in its file. */
export interface Names {
  readonly leases: string;
  readonly rememberLease: string;
  readonly rememberToken: string;
  readonly revoke: string;
}

/** What of Vault's there is to give back. */
export interface Taken {
  readonly lease: boolean;
  readonly token: boolean;
}

/** The variables; they have to stand before anything is taken. */
export function stateOf({ leases }: Names, taken: Taken): string {
  return [
    ...(taken.lease
      ? [
          '/** The leases that were taken from Vault: to be revoked when the server stops. */',
          `const ${leases}‹: string[]› = [];`,
        ]
      : []),
    ...(taken.token
      ? [
          '/** The token that this process got from Vault by its own login. */',
          `let ownToken‹: string | undefined›;`,
        ]
      : []),
  ].join('\n');
}

/** The functions that remember what is taken, and the one that gives it back. */
export function functionsOf(revocation: Revocation, names: Names, taken: Taken, isExported: boolean): string {
  return [
    ...(taken.lease ? [rememberLease(names)] : []),
    ...(taken.token ? [rememberToken(names, revocation.tokenIn)] : []),
    `${purpose}\n${isExported ? 'export ' : ''}${revocation.kind === 'fetch' ? byFetch(revocation, names, taken) : byCalls(revocation, names, taken)}`,
  ].join('\n\n');
}

function rememberLease({ leases, rememberLease }: Names): string {
  return `function ${rememberLease}‹<T>›(secret‹: T›)‹: T› {
  const lease_id = ‹(›secret‹ as { lease_id?: string } | undefined)›?.lease_id;
  if (lease_id) ${leases}.push(lease_id);
  return secret;
}`;
}

function rememberToken({ rememberToken }: Names, place: TokenPlace): string {
  const read =
    place === 'auth'
      ? `ownToken = ‹(›login‹ as { auth?: { client_token?: string } } | undefined)›?.auth?.client_token ?? ownToken;`
      : `ownToken = ‹(›login‹ as { client_token?: string } | undefined)›?.client_token ?? ownToken;`;
  return `function ${rememberToken}‹<T>›(login‹: T›)‹: T› {
  ${read}
  return login;
}`;
}

const purpose =
  '/** Gives back what was taken from Vault, within 2 s. A failure is no reason not to exit: the TTL ends it too. */';

function byFetch(
  { address, leaseHeaders, tokenHeaders }: Extract<Revocation, { kind: 'fetch' }>,
  { leases, revoke }: Names,
  taken: Taken,
): string {
  const leaseLines = `
  const revocations = ${leases}.map((lease_id) =>
    tellVault('sys/leases/revoke', {
      method: 'PUT',
      headers: ${leaseHeaders},
      body: JSON.stringify({ lease_id, sync: true }),
    }),
  );
  await Promise.all(revocations);`;
  const tokenLine = `
  if (ownToken) await tellVault('auth/token/revoke-self', { method: 'POST', headers: ${tokenHeaders} });`;
  return `async function ${revoke}()‹: Promise<void>› {
  const signal = AbortSignal.timeout(2_000);
  const tellVault = async (path‹: string›, request‹: RequestInit›) => {
    try {
      const response = await fetch(\`${address}/v1/\${path}\`, { ...request, signal });
      if (!response.ok) throw new Error(\`Vault answered \${response.status}\`);
    } catch (error) {
      console.error(\`shutdown: Vault: \${path}:\`, error);
    }
  };${taken.lease ? leaseLines : ''}${taken.token ? tokenLine : ''}
}`;
}

function byCalls(
  { lease, token }: Extract<Revocation, { kind: 'client' }>,
  { leases, revoke }: Names,
  taken: Taken,
): string {
  const leaseLines = `
    const revocations = ${leases}.map((lease_id) =>
      attempt('lease', () =>
        ${lease.join('\n        ')},
      ),
    );
    await Promise.all(revocations);`;
  const tokenLine = `
    if (ownToken) await attempt('token', () => ${token});`;
  return `async function ${revoke}()‹: Promise<void>› {
  const attempt = async (what‹: string›, run‹: () => unknown›) => {
    try {
      await run();
    } catch (error) {
      // The message alone: the rest of it may hold the token.
      console.error(\`shutdown: Vault \${what}:\`, error instanceof Error ? error.message : error);
    }
  };
  const revokeAll = async () => {${taken.lease ? leaseLines : ''}${taken.token ? tokenLine : ''}
  };
  const limit = new Promise((_, reject) => {
    setTimeout(reject, 2_000, new Error('no answer within 2 s'));
  });
  await attempt('revocation', () => Promise.race([revokeAll(), limit]));
}`;
}
