import type { Way, Ways } from './way.ts';

/** The names that the code goes by in its file. */
export interface Names {
  readonly leases: string;
  readonly rememberLease: string;
  readonly rememberToken: string;
  readonly revoke: string;
}

/** The variables; they have to stand before anything is taken. */
export function stateOf({ leases }: Names, { lease, token }: Ways): string {
  return [
    ...(lease
      ? [
          `${typeOf('VaultLease', 'lease_id', lease)}/** The leases that were taken from Vault: to be revoked when the server stops. */`,
          `const ${leases}‹: ${lease.passed.length > 0 ? 'VaultLease' : 'string'}[]› = [];`,
        ]
      : []),
    ...(token
      ? [
          `${typeOf('VaultToken', 'ownToken', token)}/** The token that this process got from Vault by its own login. */`,
          token.passed.length > 0
            ? 'const ownTokens‹: VaultToken[]› = [];'
            : 'let ownToken‹: string | undefined›;',
        ]
      : []),
  ].join('\n');
}

/** The functions that remember what is taken, and the one that gives it back. */
export function functionsOf(ways: Ways, names: Names, isExported: boolean): string {
  const { lease, token } = ways;
  return [
    ...(lease ? [rememberLease(lease, names)] : []),
    ...(token ? [rememberToken(token, names)] : []),
    `${purpose}\n${isExported ? 'export ' : ''}${revoke(ways, names)}`,
  ].join('\n\n');
}

/** The type of what is noted, where that is more than the id or the token. */
function typeOf(name: string, id: string, { passed }: Way): string {
  const members = [`${id}: string`, ...passed.map((each) => `${each.name}: ${each.type}`)];
  const lines = members.map((member) => `  ${member};\n`).join('');
  return passed.length > 0 ? `‹type ${name} = {\n${lines}};\n\n›` : '';
}

function parametersOf({ passed }: Way, type: string): string {
  return passed.map(({ name }) => `, ${name}‹: ${type}['${name}']›`).join('');
}

function notedOf(id: string, { passed }: Way): string {
  return passed.length === 0 ? id : `{ ${[id, ...passed.map(({ name }) => name)].join(', ')} }`;
}

/** `answer?.auth?.client_token`, with its type. */
function readFrom(answer: string, at: readonly string[]): string {
  const type = at.reduceRight((inner, key) => `{ ${key}?: ${inner} }`, 'string');
  return `‹(›${answer}‹ as ${type} | undefined)›?.${at.join('?.')}`;
}

function rememberLease(way: Way, { leases, rememberLease }: Names): string {
  return `function ${rememberLease}‹<T>›(secret‹: T›${parametersOf(way, 'VaultLease')})‹: T› {
  const lease_id = ${readFrom('secret', way.at)};
  if (lease_id) ${leases}.push(${notedOf('lease_id', way)});
  return secret;
}`;
}

function rememberToken(way: Way, { rememberToken }: Names): string {
  const read = readFrom('login', way.at);
  const lines =
    way.passed.length > 0
      ? `const ownToken = ${read};
  if (ownToken) ownTokens.push(${notedOf('ownToken', way)});`
      : `ownToken = ${read} ?? ownToken;`;
  return `function ${rememberToken}‹<T>›(login‹: T›${parametersOf(way, 'VaultToken')})‹: T› {
  ${lines}
  return login;
}`;
}

const purpose =
  '/** Gives back what was taken from Vault, within 2 s. A failure is no reason not to exit: the TTL ends it too. */';

function revoke({ lease, token }: Ways, names: Names): string {
  const ways = [lease, token].flatMap((way) => way ?? []);
  const helpers = [...new Set(ways.map(({ helper }) => helper))].filter((helper) => helper !== '');
  const steps = [...(lease ? [revokeLeases(lease, names)] : []), ...(token ? [revokeToken(token)] : [])];
  const isBySignal = ways.every(({ endsBySignal }) => endsBySignal);
  const body = [
    ...(ways.some(({ endsBySignal }) => endsBySignal) ? ['const signal = AbortSignal.timeout(2_000);'] : []),
    attempt(ways.some(({ helper }) => helper === '')),
    ...helpers,
    ...(isBySignal ? steps : [`const revokeAll = async () => {\n${indented(steps.join('\n'))}\n};`, limit]),
  ];
  return `async function ${names.revoke}()‹: Promise<void>› {\n${indented(body.join('\n'))}\n}`;
}

/** @param mayHoldToken whether an error knows its request */
const attempt = (mayHoldToken: boolean) => `const attempt = async (what‹: string›, run‹: () => unknown›) => {
  try {
    await run();
  } catch (error) {${mayHoldToken ? '\n    // The message alone: the rest of it may hold the token.' : ''}
    console.error(\`shutdown: Vault \${what}:\`, ${mayHoldToken ? 'error instanceof Error ? error.message : error' : 'error'});
  }
};`;

const limit = `const limit = new Promise((_, reject) => {
  setTimeout(reject, 2_000, new Error('no answer within 2 s'));
});
await attempt('revocation', () => Promise.race([revokeAll(), limit]));`;

function revokeLeases(way: Way, { leases }: Names): string {
  const each = way.passed.length > 0 ? `(${notedOf('lease_id', way)})` : '(lease_id)';
  return `const revocations = ${leases}.map(${each} =>
  attempt('lease', () =>
    ${way.call.join('\n    ')},
  ),
);
await Promise.all(revocations);`;
}

function revokeToken(way: Way): string {
  const [first = '', ...more] = way.call;
  const call = [first, ...more].join('\n');
  if (way.passed.length === 0) return `if (ownToken) await attempt('token', () => ${call});`;
  const names = way.passed.map(({ name }) => name);
  const used = /\bownToken\b/.test(call) ? ['ownToken', ...names] : names;
  return `for (const { ${used.join(', ')} } of ownTokens) await attempt('token', () => ${call});`;
}

function indented(lines: string): string {
  return lines.replace(/^(?=.)/gm, '  ');
}
