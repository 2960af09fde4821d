import type { VaultTake } from '../../project/resources/vault.ts';
import type { PlannedFile } from '../source/plannedFile.ts';
import { addressIn, addressOn } from './address.ts';
import { isOfTheModule } from './expressions.ts';
import { headersAre, leaseHeaders, otherOptions, ownHeaders } from './headers.ts';
import { type Sender, senders } from './senders.ts';
import { sameText, tokenIn, type Way } from './way.ts';

/**
 * Giving back by requests as those that took: by the same library, at the same address, with the same headers.
 * @param hasOwnToken whether a variable of the module has the token of an own login, for want of a header with another
 * @returns `undefined` where the requests differ, or are not written in plain terms
 */
export function byRequest(
  takes: readonly VaultTake[],
  planned: PlannedFile,
  hasOwnToken: boolean,
): Way | undefined {
  const [{ kind, request } = {}] = takes;
  const name = sameText(takes.map((take) => senderIn(take, planned)));
  const kept = sameText(takes.map((take) => otherOptions(take, planned)));
  if (!request || request.sender === 'other' || name === undefined || kept === undefined) return undefined;
  const address = request.sender === 'instance' ? addressOn(takes, planned) : addressIn(takes, planned);
  if (!address || takes.some((take) => take.request?.sender !== request.sender)) return undefined;
  const sender: Sender = senders[request.sender];
  const by = name || address.caller;
  const withKept = (headers: string) => [headers, kept].filter((text) => text !== '').join(', ');
  const common = { helper: sender.helper(by), endsBySignal: true };
  if (kind === 'token') {
    const own = sameText(takes.map((take) => ownHeaders(take, planned, tokenIn(address.passed))));
    return own === undefined
      ? undefined
      : {
          ...common,
          call: sender.token(by, urlOf(address.prefix, 'auth/token/revoke-self'), withKept(headersAre(own))),
          passed: address.passed,
          at: [...sender.body, 'auth', 'client_token'],
        };
  }
  const ownToken = hasOwnToken ? tokenIn([]) : undefined;
  const headers = leaseHeaders(takes, planned, ownToken, sender.headers(by));
  return (
    headers && {
      ...common,
      call: sender.lease(by, urlOf(address.prefix, 'sys/leases/revoke'), withKept(headers.text)),
      passed: [...address.passed, ...headers.passed],
      at: [...sender.body, 'lease_id'],
    }
  );
}

/** The library's function or module by the file's name for it, `''` for an instance; `undefined` where it is no name. */
function senderIn({ call: { callee }, request }: VaultTake, { facts }: PlannedFile): string | undefined {
  if (request?.sender === 'instance') return '';
  const name = request?.sender === 'axios' && callee.kind === 'member' ? callee.object : callee;
  return name.kind === 'name' && isOfTheModule(name, facts) ? name.name : undefined;
}

function urlOf(prefix: string, path: string): string {
  return prefix.includes('${') ? `\`${prefix}${path}\`` : `'${prefix}${path}'`;
}
