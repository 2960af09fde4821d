import type { Expr, SourceFacts } from '../../languages/source/facts.ts';
import { writtenName } from '../../languages/source/names.ts';
import { walkExpression } from '../../languages/source/walk.ts';
import type { CallExpr } from '../program.ts';
import type { Values } from '../values.ts';

/** A request to Vault's HTTP API that no client for Vault makes. */
export interface VaultRequest {
  /** What sends it: an axios `instance` knows the address, and often the token; `other` is a function of any shape. */
  readonly sender: 'fetch' | 'axios' | 'undici' | 'instance' | 'other';
  /** A literal, a template or a sum. */
  readonly url: Expr;
  /** Headers and the like; `undefined` where there are none. */
  readonly options: Expr | undefined;
}

/** The request that a call makes, if it is certainly one to Vault. */
export function vaultRequestOf(
  call: CallExpr,
  path: string,
  fn: number,
  values: Values,
): VaultRequest | undefined {
  const [first] = call.args;
  const facts = values.program.facts(path);
  if (!first || call.isNew || first.kind === 'function' || !facts) return undefined;
  const base = baseOf(call, path, fn, values);
  const found = base ? inAxios(call, 'instance', facts) : sentBy(call, path, fn, values, facts);
  const text = found && addressText(found.url);
  if (!found || text === undefined) return undefined;
  const isPath = base !== undefined || text.includes('/v1/');
  const says = [found.url, found.options, ...(base ? [base, call.callee] : call.args)];
  return isPath && says.some((expr) => expr && isAboutVault(expr)) ? found : undefined;
}

/** The options of the axios instance whose method is called. */
function baseOf({ callee }: CallExpr, path: string, fn: number, values: Values): Expr | undefined {
  if (callee.kind !== 'member' || !/^(get|post|put|request)$/.test(callee.property)) return undefined;
  const [value, ...others] = values.of(callee.object, path, fn);
  const isInstance = value?.kind === 'foreign' && value.module === 'axios' && value.member === 'create()';
  const made = isInstance && others.length === 0 ? value.made?.expr : undefined;
  return made?.kind === 'call' ? made.args[0] : undefined;
}

function sentBy(
  call: CallExpr,
  path: string,
  fn: number,
  values: Values,
  facts: SourceFacts,
): VaultRequest | undefined {
  const [value, ...others] = values.of(call.callee, path, fn);
  const [module, member] =
    value?.kind === 'foreign' && others.length === 0 ? [value.module, value.member] : ['', ''];
  if (module === 'axios') return inAxios(call, 'axios', facts);
  const url = urlIn(call.args[0], facts);
  if (!url) return undefined;
  const options = resolved(call.args[1], facts);
  if (module === 'undici' && member === 'request') return { sender: 'undici', url, options };
  const isFetch = /^(globalThis\.)?fetch$/.test(member) && (module === '' || module === 'undici');
  return { sender: isFetch ? 'fetch' : 'other', url, options };
}

/** `axios.get(url, options)`, `axios.post(url, body, options)`, `axios(url, options)`, `axios({ url, ...options })`. */
function inAxios(
  { callee, args }: CallExpr,
  sender: 'axios' | 'instance',
  facts: SourceFacts,
): VaultRequest | undefined {
  const first = resolved(args[0], facts);
  if (first?.kind === 'object') {
    const url = urlIn(first.properties.find(({ key }) => key === 'url')?.value, facts);
    return url && { sender, url, options: first };
  }
  const url = urlIn(args[0], facts);
  const hasBody = callee.kind === 'member' && /^(post|put|patch)$/.test(callee.property);
  return url && { sender, url, options: resolved(args[hasBody ? 2 : 1], facts) };
}

function urlIn(expr: Expr | undefined, facts: SourceFacts): Expr | undefined {
  const url = resolved(expr, facts);
  return url && addressText(url) !== undefined ? url : undefined;
}

/** What a constant holds in whose place its value could stand. */
function resolved(expr: Expr | undefined, { bindings }: SourceFacts): Expr | undefined {
  if (expr?.kind !== 'name') return expr;
  const binding = bindings[expr.binding];
  const [value, ...others] = binding?.kind === 'const' ? binding.values : [];
  return value && others.length === 0 && value.part.length === 0 ? value.expr : expr;
}

/** The text of a literal; in a template `}` stands for each part that is filled in. */
export function writtenIn(expr: Expr): string[] {
  if (expr.kind === 'template') return [expr.texts.join('}')];
  return expr.kind === 'literal' && typeof expr.value === 'string' ? [expr.value] : [];
}

/** No address is put together from more pieces. */
const maxPieces = 20;

/** The text of an address, which may be a sum, too; `undefined` where nothing of it is written. */
export function addressText(url: Expr, pieces = maxPieces): string | undefined {
  if (url.kind !== 'binary' || url.operator !== '+' || pieces === 0) return writtenIn(url)[0];
  const [left, right] = [addressText(url.left, pieces - 1), addressText(url.right, pieces - 1)];
  return left === undefined && right === undefined ? undefined : `${left ?? '}'}${right ?? '}'}`;
}

/** The address or a header says that this is Vault and not another service with such paths. */
export function isAboutVault(expr: Expr): boolean {
  let found = false;
  walkExpression(expr, (inner) => {
    found ||= isNamedVault(inner);
  });
  return found;
}

/** Whether one expression, without what it consists of, says "vault". */
export function isNamedVault(expr: Expr): boolean {
  if (expr.kind === 'name' || expr.kind === 'member') return /vault/i.test(writtenName(expr));
  if (expr.kind === 'object') return expr.properties.some(({ key }) => /vault/i.test(key ?? ''));
  return writtenIn(expr).some((text) => /vault/i.test(text));
}
