import type { Expr, SourceFacts } from '../../languages/source/facts.ts';
import { writtenName } from '../../languages/source/names.ts';
import { walkExpression, walkStatements } from '../../languages/source/walk.ts';
import { memoized } from '../memoize.ts';
import type { CallExpr } from '../program.ts';
import type { McpServer } from '../server.ts';
import type { Values } from '../values.ts';
import { isMeant } from './table.ts';
import { type VaultClient, vaultClients, vaultPaths } from './tables/vault.ts';
import {
  addressText,
  isAboutVault,
  isNamedVault,
  type VaultRequest,
  vaultRequestOf,
  writtenIn,
} from './vaultRequests.ts';

/** A place that takes a lease, or a token of its own, from Vault. */
export interface VaultTake {
  readonly kind: 'lease' | 'token';
  readonly path: string;
  /** The function that the call stands in. */
  readonly fn: number;
  readonly call: CallExpr;
  /** The client for Vault that it is taken with; `undefined` for plain HTTP. */
  readonly client: VaultClient | undefined;
  /** The request, for plain HTTP. */
  readonly request: VaultRequest | undefined;
  /** How it is given back with what takes it there. */
  readonly revoke: string;
}

/** What a server takes from Vault and nothing that it runs gives back, in the order of files and text. */
export function unrevokedIn({ execution, shutdown }: McpServer): VaultTake[] {
  const { values } = shutdown;
  const files = [...execution.live.keys()].flatMap((path) => values.program.facts(path) ?? []);
  if (!files.some(namesVault)) return [];
  const takes: VaultTake[] = [];
  const revoked = new Set<VaultTake['kind']>();
  for (const [path, functions] of execution.live) {
    for (const fn of functions) {
      for (const call of values.program.callsIn(path, fn)) {
        const use = useOf(call, path, fn, values);
        if (use?.what === 'take') takes.push({ ...use, path, fn, call });
        else if (use) revoked.add(use.kind);
      }
      noteRevokingPaths(path, fn, values, revoked);
    }
  }
  // Revoking a token revokes the leases that were taken with it.
  if (revoked.has('token')) return [];
  return takes.filter(({ kind }) => !revoked.has(kind));
}

/** Whether a file says "vault" anywhere: most do not, and need no closer look. */
const namesVault = memoized(({ imports, functions }: SourceFacts): boolean => {
  if (imports.some(({ specifier }) => /vault/i.test(specifier))) return true;
  return functions.some(({ statements }) => {
    let isNamed = false;
    walkStatements(statements, (expr) => {
      isNamed ||= isNamedVault(expr);
      return !isNamed;
    });
    return isNamed;
  });
});

type Use =
  | ({ readonly what: 'take' } & Pick<VaultTake, 'kind' | 'client' | 'request' | 'revoke'>)
  | { readonly what: 'revoke'; readonly kind: VaultTake['kind'] };

const clientMethods = new Set(
  vaultClients.flatMap(({ logins, reads, leases, revokesLease, revokesToken }) => [
    ...logins,
    ...reads,
    ...leases,
    ...revokesLease,
    ...revokesToken,
  ]),
);

function useOf(call: CallExpr, path: string, fn: number, values: Values): Use | undefined {
  const { callee } = call;
  const method = callee.kind === 'member' ? callee.property : '';
  const client = clientMethods.has(method) ? clientOf(call, path, fn, values) : undefined;
  if (client) return useOfClient(client, method, call, path, fn, values);
  return plainHttp(call, path, fn, values);
}

/** The client whose method is called: known by its value, or an injected one by its name and the method's. */
function clientOf({ callee }: CallExpr, path: string, fn: number, values: Values): VaultClient | undefined {
  if (callee.kind !== 'member') return undefined;
  const { object, property } = callee;
  const found = values.of(object, path, fn);
  for (const value of found) {
    if (value.kind !== 'foreign') continue;
    const client = vaultClients.find(
      ({ modules, opens }) =>
        modules.includes(value.module) && opens.some((pattern) => isMeant(pattern, value.member)),
    );
    if (client) return client;
  }
  const name = writtenName(object);
  if (!/vault/i.test(name) || !found.some(({ kind }) => kind === 'unknown')) return undefined;
  return vaultClients.find(({ logins, reads, leases, revokesLease, revokesToken }) =>
    [logins, reads, leases, revokesLease, revokesToken].some((names) => names.includes(property)),
  );
}

function useOfClient(
  client: VaultClient,
  method: string,
  call: CallExpr,
  path: string,
  fn: number,
  values: Values,
): Use | undefined {
  const on =
    call.callee.kind === 'member' && call.callee.object.kind === 'name' ? call.callee.object.name : 'vault';
  const take = (kind: VaultTake['kind'], revoke: string): Use => ({
    what: 'take',
    kind,
    client,
    request: undefined,
    revoke: `${on}.${revoke}`,
  });
  const [token = ''] = client.revokesToken;
  if (client.logins.includes(method)) return take('token', `${token}()`);
  if (client.revokesLease.includes(method)) return { what: 'revoke', kind: 'lease' };
  if (client.revokesToken.includes(method)) return { what: 'revoke', kind: 'token' };
  const [first] = call.args;
  const texts = first ? textsOf(first, path, fn, values) : [];
  if (texts.some((text) => vaultPaths.login.test(text))) return take('token', `${token}()`);
  const isLease = client.leases.includes(method) || texts.some((text) => vaultPaths.lease.test(text));
  return isLease ? take('lease', client.revokingLease) : undefined;
}

/** `fetch(`${VAULT_ADDR}/v1/database/creds/app`)`, whatever sends it. */
function plainHttp(call: CallExpr, path: string, fn: number, values: Values): Use | undefined {
  const request = vaultRequestOf(call, path, fn, values);
  const text = (request && addressText(request.url)) ?? '';
  const take = (kind: VaultTake['kind'], revoke: string): Use => ({
    what: 'take',
    kind,
    client: undefined,
    request,
    revoke,
  });
  if (vaultPaths.login.test(text)) return take('token', 'POST /v1/auth/token/revoke-self');
  return vaultPaths.lease.test(text) ? take('lease', 'PUT /v1/sys/leases/revoke') : undefined;
}

/** Whether a call, by what is written in it, gives a lease or a token back to Vault: `revokeVaultLeases()`. */
export function revokesInVault(call: CallExpr): boolean {
  const { callee } = call;
  const name = writtenName(callee);
  if (/^revoke\w*(vault|lease|token)/i.test(name)) return true;
  if (revokingMethods.has(name) && isAboutVault(callee)) return true;
  return call.args.some((arg) => {
    let found = false;
    walkExpression(arg, (inner) => {
      found ||= writtenIn(inner).some(
        (text) => vaultPaths.revokesLease.test(text) || vaultPaths.revokesToken.test(text),
      );
    });
    return found;
  });
}

const revokingMethods = new Set(
  vaultClients.flatMap(({ revokesLease, revokesToken }) => [...revokesLease, ...revokesToken]),
);

/** Any mention of the path that revokes counts: requests are made by helpers of every shape. */
function noteRevokingPaths(path: string, fn: number, values: Values, revoked: Set<VaultTake['kind']>): void {
  walkStatements(values.program.functionAt(path, fn)?.statements ?? [], (expr) => {
    for (const text of writtenIn(expr)) {
      if (vaultPaths.revokesLease.test(text)) revoked.add('lease');
      if (vaultPaths.revokesToken.test(text)) revoked.add('token');
    }
  });
}

function textsOf(expr: Expr, path: string, fn: number, values: Values): readonly string[] {
  const written = writtenIn(expr);
  return written.length > 0 ? written : values.strings(expr, path, fn).strings;
}
