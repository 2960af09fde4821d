import type { Expr } from '../../languages/source/facts.ts';
import type { VaultTake } from '../../project/resources/vault.ts';
import type { PlannedFile } from '../source/plannedFile.ts';
import { isOfTheModule, isPlain } from './expressions.ts';
import { type Passed, sameText } from './way.ts';

type ObjectExpr = Extract<Expr, { kind: 'object' }>;

/** The headers that may revoke, as a property of options: `headers: ...`. */
export interface LeaseHeaders {
  readonly text: string;
  readonly passed: readonly Passed[];
}

/**
 * The headers by which leases were taken: those of the requests, where the module can name them; else with the token of
 * its own login; else they are noted with each lease.
 * @param ownToken how the own token is written; `undefined` where there is none of the module's
 * @param type of headers that are noted
 * @returns `undefined` where the requests differ, or cannot be written a second time
 */
export function leaseHeaders(
  takes: readonly VaultTake[],
  planned: PlannedFile,
  ownToken: string | undefined,
  type: string,
): LeaseHeaders | undefined {
  const { facts, file } = planned;
  const all = takes.map(headersOf);
  if (all.every((headers) => !headers || !mayHoldToken(headers))) {
    // An instance sends its own.
    return takes.every(({ request }) => request?.sender === 'instance')
      ? { text: '', passed: [] }
      : undefined;
  }
  if (!all.every((headers) => headers && mayHoldToken(headers))) return undefined;
  const textOf = ({ start, end }: Expr) => file.text.slice(start, end);
  const text = sameText(all.map((headers) => headers && textOf(headers)));
  const isAtHand = all.every((headers) => headers && isOfTheModule(headers, facts) && !spreads(headers));
  if (text !== undefined && isAtHand) return { text: headersAre(text), passed: [] };
  const own = ownToken && sameText(takes.map((take) => ownHeaders(take, planned, ownToken)));
  if (own) return { text: headersAre(own), passed: [] };
  if (!all.every((headers) => headers && isPlain(headers))) return undefined;
  const of = (take: VaultTake) => {
    const headers = headersOf(take);
    return headers ? textOf(headers) : '';
  };
  return { text: 'headers', passed: [{ name: 'headers', type, of }] };
}

/** The same headers with the token that the process got itself: what else there is may be a namespace. */
export function ownHeaders(
  take: VaultTake,
  { file, facts }: PlannedFile,
  ownToken: string,
): string | undefined {
  const headers = headersOf(take);
  if (headers && (headers.kind !== 'object' || spreads(headers))) return undefined;
  const kept = (headers?.properties ?? []).filter(
    ({ key }) => !/^(x-vault-token|authorization|content-type)$/i.test(key ?? ''),
  );
  if (!kept.every(({ value }) => isOfTheModule(value, facts))) return undefined;
  const texts = kept.map(({ key, value }) => `'${key}': ${file.text.slice(value.start, value.end)}, `);
  return `{ ${texts.join('')}'X-Vault-Token': ${ownToken} }`;
}

/** A property of options. */
export function headersAre(text: string): string {
  return text === 'headers' ? text : `headers: ${text}`;
}

const ownOptions = /^(url|method|headers|body|data|signal|params|timeout|responseType)$/;

/** What else requests are sent with (an agent that knows Vault's certificate); `undefined` where the module cannot name it. */
export function otherOptions({ request }: VaultTake, { file, facts }: PlannedFile): string | undefined {
  const { options } = request ?? {};
  if (!options) return '';
  if (options.kind !== 'object') return undefined;
  const kept = options.properties.filter(({ key }) => !key || !ownOptions.test(key));
  if (!kept.every(({ key, value }) => key && /^[\w$]+$/.test(key) && isOfTheModule(value, facts)))
    return undefined;
  return kept
    .map(({ key, value: { start, end } }) => `${key}: ${file.text.slice(start, end)}`)
    .map((text) => text.replace(/^([\w$]+): \1$/, '$1'))
    .join(', ');
}

function headersOf({ request }: VaultTake): Expr | undefined {
  return request?.options?.kind === 'object'
    ? request.options.properties.find(({ key }) => key === 'headers')?.value
    : undefined;
}

/** What is made elsewhere may; what is written here says so. */
function mayHoldToken(headers: Expr): boolean {
  if (headers.kind !== 'object') return headers.kind !== 'literal' && !isUndefined(headers);
  return headers.properties.some(
    ({ key }) => key === undefined || /^(x-vault-token|authorization)$/i.test(key),
  );
}

function isUndefined(expr: Expr): boolean {
  return expr.kind === 'name' && expr.name === 'undefined';
}

function spreads(expr: Expr): boolean {
  return expr.kind === 'object' && (expr as ObjectExpr).properties.some(({ key }) => key === undefined);
}
