/** A call of a package that may take long and could end early when its caller does not want the answer any more. */
export interface Cancellable {
  readonly module: RegExp;
  readonly member: RegExp;
  /** In a reader's words. */
  readonly what: string;
  /**
   * The argument whose `signal` cancels it, `last` for one behind all others; `race` where it takes none, but the wait
   * for it can be given up.
   */
  readonly signal: number | 'last' | 'race';
  /** The option's name, where it is not `signal`. */
  readonly option?: 'abortSignal';
  /** The argument is the signal itself, not options that hold it. */
  readonly isArgument?: boolean;
  /** Arguments before the options may be left out (`spawn(file, options)`). */
  readonly hasOptionalArguments?: boolean;
  /** It calls back or emits events: waited for by the promise around it. */
  readonly isCallback?: boolean;
  /** `race`: what it works with is free again when it is done, whoever waits: a pool's query, not a connection's. */
  readonly endsByItself?: boolean;
  /** Usually over at once: it is told of beside others, and is no finding of its own. */
  readonly isQuick?: boolean;
}

const verbs = '(get|post|put|patch|delete|head|request|options)';

/** What is looked at: module, what of it is called, the words for it, and how it is cancelled. One row a library. */
export const cancellableRows: readonly Cancellable[] = [
  { module: /^$/, member: /^(globalThis\.)?fetch$/, what: 'fetch()', signal: 1 },
  { module: /^(node-fetch|cross-fetch)$/, member: /^(fetch)?$/, what: 'fetch()', signal: 1 },
  { module: /^undici$/, member: /^(fetch|request|stream)$/, what: "undici's request", signal: 1 },
  {
    module: /^undici$/,
    member: /^(Client|Pool|BalancedPool|Agent|ProxyAgent)\(\)\.request$/,
    what: "undici's request",
    signal: 0,
  },
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
    hasOptionalArguments: true,
    isCallback: true,
  },
  { module: /^timers\/promises$/, member: /^setTimeout$/, what: 'the timer', signal: 2 },
  { module: /^timers\/promises$/, member: /^scheduler\.wait$/, what: 'the timer', signal: 1 },
  {
    module: /^$/,
    member: /^(globalThis\.)?setTimeout$/,
    what: 'the timer',
    signal: 'race',
    isCallback: true,
    endsByItself: true,
  },
  { module: /^stream\/promises$/, member: /^pipeline$/, what: 'the stream', signal: 'last' },
  { module: /^stream\/promises$/, member: /^finished$/, what: 'the stream', signal: 1 },
  { module: /^ofetch$/, member: /^(ofetch|\$fetch)$/, what: 'fetch()', signal: 1 },
  { module: /^events$/, member: /^(EventEmitter\.)?once$/, what: 'once()', signal: 2 },
  // Not `writeFile`: what it was told to write would stay half written.
  {
    module: /^fs(\/promises)?$/,
    member: /^(promises\.)?readFile$/,
    what: 'readFile()',
    signal: 1,
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
    module: /^ai$/,
    member: /^(generateText|generateObject|embed|embedMany|generateImage)$/,
    what: "the model's answer",
    signal: 0,
    option: 'abortSignal',
  },
  {
    module: /^@modelcontextprotocol\/sdk\/client/,
    member: /^Client\(\)\.callTool$/,
    what: "the other server's tool",
    signal: 2,
  },
  {
    module: /^@modelcontextprotocol\/client$/,
    member: /^Client\(\)\.callTool$/,
    what: "the other server's tool",
    signal: 1,
  },
  {
    module: /^pg$/,
    member: /^Pool\(\)\.query$/,
    what: 'the PostgreSQL query',
    signal: 'race',
    endsByItself: true,
  },
  {
    module: /^pg$/,
    member: /^(Pool\(\)\.connect\(\)|Client\(\))\.query$/,
    what: 'the PostgreSQL query',
    signal: 'race',
  },
  {
    module: /^mysql2(\/promise)?$/,
    member: /^createPool\(\)(\.promise\(\))?\.(query|execute)$/,
    what: 'the MySQL query',
    signal: 'race',
    endsByItself: true,
  },
  {
    module: /^mysql2(\/promise)?$/,
    member: /^create(Pool|Connection)\(\)(\.\w+\(\))?\.(query|execute)$/,
    what: 'the MySQL query',
    signal: 'race',
  },
];
