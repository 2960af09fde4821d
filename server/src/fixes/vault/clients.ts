import type { Expr } from '../../languages/source/facts.ts';
import type { VaultTake } from '../../project/resources/vault.ts';
import type { PlannedFile } from '../handler/plannedFile.ts';
import { expressionsOf, isOfTheModule } from './expressions.ts';
import type { Revocation } from './revocation.ts';

/** Revoking through the client that has taken; `undefined` where no one variable of the module holds it. */
export function byClient(takes: readonly VaultTake[], planned: PlannedFile): Revocation | undefined {
  const [first] = takes;
  const holder = first && holderOf(first);
  if (
    !holder ||
    !isOfTheModule(holder, planned.facts) ||
    !takes.every((take) => isSame(holderOf(take), holder))
  )
    return undefined;
  // A timer of another module's takes other arguments.
  if (planned.facts.bindings.some(({ name }) => name === 'setTimeout')) return undefined;
  const isAlways = planned.facts.bindings[holder.binding]?.kind !== 'let';
  const vault = `${holder.name}${isAlways ? '' : '?'}.`;
  return first.client?.modules.includes('node-vault')
    ? byNodeVault(takes, vault, holder, planned)
    : byTokenMethod(vault, first.client?.revokesToken[0] ?? '');
}

type NameExpr = Extract<Expr, { kind: 'name' }>;

function holderOf({ call: { callee } }: VaultTake): NameExpr | undefined {
  return callee.kind === 'member' && callee.object.kind === 'name' ? callee.object : undefined;
}

function isSame(a: NameExpr | undefined, b: NameExpr): boolean {
  return a?.binding === b.binding && a.name === b.name;
}

function byNodeVault(
  takes: readonly VaultTake[],
  vault: string,
  holder: NameExpr,
  planned: PlannedFile,
): Revocation | undefined {
  const isOwn = takes.every((take) => take.kind === 'lease' || setsToken(take, holder, planned));
  if (!isOwn) return undefined;
  return {
    kind: 'client',
    // Its `revoke()` sends no `sync`, and takes the 202 that Vault answers then for a failure.
    lease: [
      `${vault}request({`,
      "  method: 'PUT',",
      "  path: '/sys/leases/revoke',",
      '  json: { lease_id, sync: true },',
      '})',
    ],
    token: `${vault}tokenRevokeSelf()`,
    tokenIn: 'auth',
  };
}

/** A login by its method changes the client's token; after `write('auth/...')` the code has to do so itself. */
function setsToken({ call, client }: VaultTake, holder: NameExpr, { facts }: PlannedFile): boolean {
  const { callee } = call;
  if (callee.kind === 'member' && client?.logins.includes(callee.property)) return true;
  return facts.functions.some(({ id }) =>
    expressionsOf(facts, id).some(
      (expr) =>
        expr.kind === 'assign' &&
        expr.target.kind === 'member' &&
        expr.target.property === 'token' &&
        expr.target.object.kind === 'name' &&
        isSame(expr.target.object, holder),
    ),
  );
}

/** Clients whose method takes the token: `vault.revokeSelfToken(token)`. */
function byTokenMethod(vault: string, method: string): Revocation | undefined {
  return method
    ? { kind: 'client', lease: [], token: `${vault}${method}(ownToken‹ ?? ''›)`, tokenIn: 'answer' }
    : undefined;
}
