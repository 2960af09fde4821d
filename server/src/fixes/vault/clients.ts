import type { Expr } from '../../languages/source/facts.ts';
import type { VaultClient } from '../../project/resources/tables/vault.ts';
import type { VaultTake } from '../../project/resources/vault.ts';
import type { PlannedFile } from '../source/plannedFile.ts';
import { expressionsOf } from './expressions.ts';
import { holderOf } from './holders.ts';
import { tokenIn, type Way } from './way.ts';

/**
 * Giving back through the client for Vault that has taken; `undefined` where the client is not written as something
 * plain, or would revoke another token than that of the login.
 */
export function byClient(takes: readonly VaultTake[], planned: PlannedFile): Way | undefined {
  const [{ client, kind } = {}] = takes;
  // A timer of another module's takes other arguments.
  if (!client || planned.facts.bindings.some(({ name }) => name === 'setTimeout')) return undefined;
  return kind === 'lease' ? leaseBy(client, takes, planned) : tokenBy(client, takes, planned);
}

function leaseBy(client: VaultClient, takes: readonly VaultTake[], planned: PlannedFile): Way | undefined {
  const type = 'request(options: { method: string; path: string; json: object }): Promise<unknown>';
  const holder = holderOf(takes, planned, type);
  if (!holder || client.revokingLease === '') return undefined;
  // `request({ a, b })` on lines of their own.
  const [, method = '', options = ''] = /^(\w+\()\{ (.*) \}\)$/.exec(client.revokingLease) ?? [];
  const lines = options.split(/, (?=\w+: )(?![^{]*\})/).map((line) => `  ${line},`);
  return {
    call: [`${holder.prefix}${method}{`, ...lines, '})'],
    helper: '',
    endsBySignal: false,
    passed: holder.passed,
    at: ['lease_id'],
  };
}

function tokenBy(client: VaultClient, takes: readonly VaultTake[], planned: PlannedFile): Way | undefined {
  const [method = ''] = client.revokesToken;
  const parameters = client.keepsToken ? '' : 'token: string';
  const holder = holderOf(takes, planned, `${method}(${parameters}): Promise<unknown>`);
  if (!holder || (client.keepsToken && !takes.every((take) => setsToken(take, planned)))) return undefined;
  const token = client.keepsToken ? '' : tokenIn(holder.passed);
  return {
    call: [`${holder.prefix}${method}(${token})`],
    helper: '',
    endsBySignal: false,
    passed: holder.passed,
    at: client.keepsToken ? ['auth', 'client_token'] : ['client_token'],
  };
}

/** A login by its method changes the client's token; after `write('auth/...')` the code has to do so itself. */
function setsToken({ call, client }: VaultTake, { facts, file }: PlannedFile): boolean {
  const { callee } = call;
  if (callee.kind !== 'member') return false;
  if (client?.logins.includes(callee.property)) return true;
  const textOf = ({ start, end }: Expr) => file.text.slice(start, end);
  return facts.functions.some(({ id }) =>
    expressionsOf(facts, id).some(
      (expr) =>
        expr.kind === 'assign' &&
        expr.target.kind === 'member' &&
        expr.target.property === 'token' &&
        textOf(expr.target.object) === textOf(callee.object),
    ),
  );
}
