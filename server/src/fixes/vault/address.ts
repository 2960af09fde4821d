import type { Expr } from '../../languages/source/facts.ts';
import type { VaultTake } from '../../project/resources/vault.ts';
import { addressText } from '../../project/resources/vaultRequests.ts';
import type { PlannedFile } from '../source/plannedFile.ts';
import { isOfTheModule, isPlain } from './expressions.ts';
import { holderOf } from './holders.ts';
import { type Passed, sameText } from './way.ts';

/** Where requests to Vault go. */
export interface Address {
  /** What stands in front of `sys/leases/revoke`, as the inside of a template. */
  readonly prefix: string;
  readonly passed: readonly Passed[];
  /** What sends them, where the address goes with it: `vault.` */
  readonly caller: string;
}

/** The address of requests that name it; `undefined` where it cannot be written a second time. */
export function addressIn(takes: readonly VaultTake[], planned: PlannedFile): Address | undefined {
  const found = takes.map((take) => beforeVersion(take, planned));
  if (!found.every((each) => each?.parts.every(isPlain))) return undefined;
  const text = sameText(found.map((each) => each?.text));
  const isAtHand = found.every((each) => each?.parts.every((part) => isOfTheModule(part, planned.facts)));
  if (text !== undefined && isAtHand) return { prefix: `${text}/v1/`, passed: [], caller: '' };
  const of = (take: VaultTake) => asExpression(beforeVersion(take, planned)?.text ?? '');
  return {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of the code that is written
    prefix: '${address}/v1/',
    passed: [{ name: 'address', type: 'string', of }],
    caller: '',
  };
}

/** That of an axios instance: it goes with the instance, but for `/v1`. */
export function addressOn(takes: readonly VaultTake[], planned: PlannedFile): Address | undefined {
  const type = [
    'put(url: string, body: object, config: object): Promise<unknown>',
    'post(url: string, body: undefined, config: object): Promise<unknown>',
  ].join('; ');
  const holder = holderOf(takes, planned, type);
  const prefix = sameText(takes.map(versionOf));
  if (!holder || prefix === undefined) return undefined;
  return { prefix, passed: holder.passed, caller: holder.prefix };
}

function versionOf({ request }: VaultTake): string | undefined {
  const text = (request && addressText(request.url)) ?? '}';
  return text.startsWith('}') ? undefined : /^(\/?v1\/|\/)?/.exec(text)?.[0];
}

interface Before {
  readonly text: string;
  readonly parts: readonly Expr[];
}

/** What stands in front of `/v1/`, as the inside of a template. */
function beforeVersion({ request }: VaultTake, { file }: PlannedFile): Before | undefined {
  let text = '';
  const parts: Expr[] = [];
  for (const piece of request ? piecesOf(request.url) : []) {
    if (typeof piece === 'string') {
      const at = piece.indexOf('/v1/');
      const own = at < 0 ? piece : piece.slice(0, at);
      if (/[`\\]|\$\{/.test(own)) return undefined;
      text += own;
      if (at >= 0) return text === '' ? undefined : { text, parts };
    } else {
      text += `\${${file.text.slice(piece.start, piece.end)}}`;
      parts.push(piece);
    }
  }
  return undefined;
}

function piecesOf(url: Expr): (string | Expr)[] {
  if (url.kind === 'template')
    return url.texts.flatMap((text, index) => [text, ...url.parts.slice(index, index + 1)]);
  if (url.kind === 'binary') return [...piecesOf(url.left), ...piecesOf(url.right)];
  return url.kind === 'literal' && typeof url.value === 'string' ? [url.value] : [url];
}

/** A template's inside as an expression: without the template where it is one value. */
function asExpression(inside: string): string {
  const [, only] = /^\$\{([^{}]+)\}$/.exec(inside) ?? [];
  if (only !== undefined) return only;
  return inside.includes('${') ? `\`${inside}\`` : `'${inside}'`;
}
