import type { Expr } from '../../languages/source/facts.ts';
import type { CallExpr } from '../program.ts';
import type { Value } from '../value.ts';
import type { Values } from '../values.ts';

/** A call of a package that may take long and could end early when its caller does not want the answer any more. */
export interface Cancellable {
  readonly module: RegExp;
  readonly member: RegExp;
  /** In a reader's words. */
  readonly what: string;
  /** The argument whose `signal` cancels it; `race` where it takes none, but the wait for it can be given up. */
  readonly signal: number | 'race';
  /** The option's name, where it is not `signal`. */
  readonly option?: 'abortSignal';
  /** It calls back or emits events: waited for by the promise around it. */
  readonly isCallback?: boolean;
  /** Usually over at once: it is told of beside others, and is no finding of its own. */
  readonly isQuick?: boolean;
}

const verbs = '(get|post|put|patch|delete|head|request|options)';

/** What is looked at: module, what of it is called, the words for it, and how it is cancelled. One row a library. */
const rows: readonly Cancellable[] = [
  { module: /^$/, member: /^(globalThis\.)?fetch$/, what: 'fetch()', signal: 1 },
  { module: /^(node-fetch|cross-fetch)$/, member: /^(fetch)?$/, what: 'fetch()', signal: 1 },
  { module: /^undici$/, member: /^(fetch|request|stream)$/, what: "undici's request", signal: 1 },
  {
    module: /^axios$/,
    member: /^(create\(\)\.)?(get|delete|head|options)$/,
    what: "axios' request",
    signal: 1,
  },
  { module: /^axios$/, member: /^(create\(\)\.)?(post|put|patch)$/, what: "axios' request", signal: 2 },
  { module: /^axios$/, member: /^(create\(\))?(\.?request)?$/, what: "axios' request", signal: 0 },
  {
    module: /^(got|ky)$/,
    member: new RegExp(`^((extend|create)\\(\\))?\\.?${verbs}?$`),
    what: "got's request",
    signal: 1,
  },
  { module: /^https?$/, member: /^(get|request)$/, what: 'the HTTP request', signal: 1, isCallback: true },
  { module: /^child_process$/, member: /^exec$/, what: 'exec()', signal: 1, isCallback: true },
  {
    module: /^child_process$/,
    member: /^(execFile|spawn|fork)$/,
    what: 'the child process',
    signal: 2,
    isCallback: true,
  },
  { module: /^timers\/promises$/, member: /^(setTimeout|scheduler\.wait)$/, what: 'the timer', signal: 2 },
  {
    module: /^$/,
    member: /^(globalThis\.)?setTimeout$/,
    what: 'the timer',
    signal: 'race',
    isCallback: true,
  },
  { module: /^events$/, member: /^(EventEmitter\.)?once$/, what: 'once()', signal: 2 },
  {
    module: /^fs(\/promises)?$/,
    member: /^(promises\.)?readFile$/,
    what: 'readFile()',
    signal: 1,
    isQuick: true,
  },
  {
    module: /^fs(\/promises)?$/,
    member: /^(promises\.)?writeFile$/,
    what: 'writeFile()',
    signal: 2,
    isQuick: true,
  },
  {
    module: /^openai$/,
    member: /^(OpenAI|AzureOpenAI)?\(\)\..*\.(create|generate|edit)$/,
    what: "OpenAI's request",
    signal: 1,
  },
  {
    module: /^@anthropic-ai\/sdk$/,
    member: /^(Anthropic)?\(\)\..*\.(create|stream|countTokens)$/,
    what: "Anthropic's request",
    signal: 1,
  },
  {
    module: /^@aws-sdk\/client-/,
    member: /^\w+\(\)\.send$/,
    what: 'the AWS request',
    signal: 1,
    option: 'abortSignal',
  },
  {
    module: /^pg$/,
    member: /^(Pool|Client)\(\)(\.connect\(\))?\.query$/,
    what: 'the PostgreSQL query',
    signal: 'race',
  },
  {
    module: /^mysql2(\/promise)?$/,
    member: /^create(Pool|Connection)\(\)(\.\w+\(\))?\.(query|execute)$/,
    what: 'the MySQL query',
    signal: 'race',
  },
];

/**
 * What a call waits for, if it is in the table; `undefined` where it is not known for certain. A function that was
 * promisified does not call back any more.
 * @param callees what may be called
 */
export function cancellableOf(callees: readonly Value[], values: Values): Cancellable | undefined {
  const found = callees.map((value) => rowOf(value, values));
  return found.every((row) => row === found[0]) ? found[0] : undefined;
}

function rowOf(value: Value, values: Values): Cancellable | undefined {
  if (value.kind !== 'foreign') return undefined;
  const { module, member, made } = value;
  if (module === 'util' && member === 'promisify()' && made?.expr.kind === 'call') {
    const [inner] = made.expr.args;
    const [of, ...others] = inner ? values.of(inner, made.path, 0) : [];
    const row = of && others.length === 0 ? rowOf(of, values) : undefined;
    return row && promisified(row);
  }
  return rows.find((row) => row.module.test(module) && row.member.test(member));
}

const asPromises = new Map(rows.map((row) => [row, { ...row, isCallback: false }]));

function promisified(row: Cancellable): Cancellable | undefined {
  return asPromises.get(row);
}

/** Whether a call certainly passes no signal: the argument that would hold it is missing, or is known and has none. */
export function passesNoSignal(
  { args }: CallExpr,
  { signal, module }: Cancellable,
  path: string,
  fn: number,
  values: Values,
): boolean {
  if (signal === 'race') return true;
  if (args.some(({ kind }) => kind === 'spread')) return false;
  const holder = args[signal];
  // Of a child process the arguments before the options may be left out.
  const others = module.test('child_process') && !holder ? args.slice(1) : [];
  const [first] = args;
  const isPlain = (argument: Expr) => values.of(argument, path, fn).every(holdsNone);
  return (
    [...(holder ? [holder] : []), ...others].every(isPlain) &&
    !(first && values.of(first, path, fn).some(mayHoldOne))
  );
}

function holdsNone(value: Value): boolean {
  if (value.kind === 'object' && value.expr.kind === 'object') {
    return value.expr.properties.every(({ key }) => key !== undefined && !/signal|cancelToken/i.test(key));
  }
  return value.kind === 'literal' || value.kind === 'array' || value.kind === 'function';
}

/** `fetch(new Request(url, { signal }))`, `got({ url, signal })`. */
function mayHoldOne(value: Value): boolean {
  if (value.kind === 'foreign') return /(^|\.)Request\(\)$/.test(value.member);
  return value.kind === 'object' && !holdsNone(value);
}
