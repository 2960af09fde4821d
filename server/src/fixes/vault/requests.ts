import type { Expr } from '../../languages/source/facts.ts';
import type { VaultTake } from '../../project/resources/vault.ts';
import type { PlannedFile } from '../handler/plannedFile.ts';
import { isOfTheModule } from './expressions.ts';
import type { Revocation } from './revocation.ts';

/**
 * Revoking by `fetch`, as the takes do it: at the same address, with the same headers. `undefined` where these are
 * not written in terms of the module, or differ.
 */
export function byRequest(takes: readonly VaultTake[], planned: PlannedFile): Revocation | undefined {
  const addresses = new Set(takes.map((take) => addressOf(take, planned)));
  const [address] = addresses;
  if (addresses.size !== 1 || !address || !takes.every(isGlobalFetch)) return undefined;
  const logins = takes.filter(({ kind }) => kind === 'token');
  const leases = takes.filter(({ kind }) => kind === 'lease');
  const own = sameText(takes.map((take) => ownHeaders(take, planned)));
  if (logins.length > 0 && own === undefined) return undefined;
  const lease =
    sameText(leases.map((take) => sentHeaders(take, planned))) ?? (logins.length > 0 ? own : undefined);
  if (leases.length > 0 && lease === undefined) return undefined;
  return { kind: 'fetch', address, leaseHeaders: lease ?? '', tokenHeaders: own ?? '', tokenIn: 'auth' };
}

function isGlobalFetch({ call: { callee } }: VaultTake): boolean {
  return callee.kind === 'name' && callee.name === 'fetch' && callee.binding < 0;
}

/** What stands in front of `/v1/`, as the inside of a template. */
function addressOf({ call }: VaultTake, { file, facts }: PlannedFile): string | undefined {
  const [url] = call.args;
  if (url?.kind !== 'template' && url?.kind !== 'literal') return undefined;
  const text = file.text.slice(url.start + 1, url.end - 1);
  const at = text.indexOf('/v1/');
  const end = url.start + 1 + at;
  const parts = url.kind === 'template' ? url.parts.filter(({ start }) => start < end) : [];
  const isWhole = parts.every((part) => part.end < end && isOfTheModule(part, facts));
  if (at < 1 || !isWhole || (url.kind === 'literal' && /[`\\]|\$\{/.test(text))) return undefined;
  return text.slice(0, at);
}

type ObjectExpr = Extract<Expr, { kind: 'object' }>;

function headersOf({ call }: VaultTake): Expr | undefined {
  const [, options] = call.args;
  return options?.kind === 'object'
    ? options.properties.find(({ key }) => key === 'headers')?.value
    : undefined;
}

/** The headers as they are sent. */
function sentHeaders(take: VaultTake, { file, facts }: PlannedFile): string | undefined {
  const headers = headersOf(take);
  return headers && mayHoldToken(headers) && isOfTheModule(headers, facts) && !spreads(headers)
    ? file.text.slice(headers.start, headers.end)
    : undefined;
}

/** The same with the token that the process got itself: what else there is may be a namespace. */
function ownHeaders(take: VaultTake, { file, facts }: PlannedFile): string | undefined {
  const headers = headersOf(take);
  if (headers && (headers.kind !== 'object' || spreads(headers))) return undefined;
  const kept = (headers?.properties ?? []).filter(
    ({ key }) => !/^(x-vault-token|content-type)$/i.test(key ?? ''),
  );
  if (!kept.every(({ value }) => isOfTheModule(value, facts))) return undefined;
  const texts = kept.map(({ key, value }) => `'${key}': ${file.text.slice(value.start, value.end)}, `);
  return `{ ${texts.join('')}'X-Vault-Token': ownToken }`;
}

/** What is made elsewhere may; what is written here says so. */
function mayHoldToken(headers: Expr): boolean {
  if (headers.kind !== 'object') return headers.kind !== 'literal';
  return headers.properties.some(({ key }) => /^(x-vault-token|authorization)$/i.test(key ?? ''));
}

function spreads(expr: Expr): boolean {
  return expr.kind === 'object' && (expr as ObjectExpr).properties.some(({ key }) => key === undefined);
}

/** The text that all of some have. */
function sameText(texts: readonly (string | undefined)[]): string | undefined {
  return new Set(texts).size === 1 ? texts[0] : undefined;
}
