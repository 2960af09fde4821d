/**
 * What is known of one kind of resource: how code opens it, how code releases it, and what an exit that forgets it
 * costs. Rows are data: adding a library is one row and one fixture.
 */
export interface ResourceRow {
  /** Names the row, and its fixture. */
  readonly id: string;
  /** In a reader's words, in the singular and without an article: "PostgreSQL connection pool". */
  readonly what: string;
  readonly kind: ResourceKind;
  /** The modules it comes from, as imported (`node:` left out); `''` for globals. */
  readonly modules: readonly string[];
  /**
   * The calls that open it, as `Value` writes them: `Pool()`, `Kafka().producer()`, `()` for a call of the module
   * itself; `*.launch()` for a `launch` of whatever the module gives.
   */
  readonly opens: readonly string[];
  /**
   * The calls that release it, the one for a fix first: `x.end()` on what was opened, `module.disconnect()` on the
   * module, `clearInterval(x)` with it as an argument. Empty where the library has none.
   */
  readonly releases: readonly string[];
  /** Its place in the order of a shutdown. */
  readonly step: ShutdownStep;
  /** What the first of `releases` gives: a promise, nothing to wait for, or nothing but a call of its callback. */
  readonly settles: 'promise' | 'at once' | 'callback';
  /** Those of `releases` that are over when they return, where the others are not. */
  readonly atOnce?: readonly string[];
  /** Whether the process does not end by itself while it is open. */
  readonly keepsAlive: boolean;
  /**
   * What `process.exit()` costs while it is open: data that was only buffered, something outside of the process that
   * is left behind (a connection, a browser, a child), or nothing.
   */
  readonly atExit: 'loses data' | 'left behind' | 'nothing';
  /** What a second release does, where that is no plain repetition. */
  readonly again?: 'rejects' | 'throws';
  /** Whether releasing it may take for ever (a leaked client, a peer that is gone), so that it needs a time limit. */
  readonly mayHang?: boolean;
  /** Whether its release does not wait for what is still being sent: calling it saves nothing. */
  readonly endsEarly?: boolean;
  /** Methods that give the same object again: `await new MongoClient(url).connect()`. */
  readonly chain?: readonly string[];
  /** What owns it once it was handed there: a log file is released through its logger. */
  readonly keeper?: Keeper;
  /** It holds something only where one of these properties is among its options. */
  readonly onlyWith?: readonly string[];
  /** It is meant to go on, or keeps nothing up, where one of these is among its options: `name`, or `name: false`. */
  readonly notWith?: readonly string[];
  /** It also wraps what others have opened (`drizzle(pool)`), and is theirs to release then. */
  readonly mayWrap?: boolean;
}

/** Something that releases what it was given: `winston.createLogger({ transports: [new File()] })`. */
export interface Keeper {
  readonly modules: readonly string[];
  readonly opens: readonly string[];
  readonly releases: readonly string[];
}

export type ResourceKind =
  | 'database'
  | 'cache'
  | 'queue'
  | 'search'
  | 'browser'
  | 'watcher'
  | 'timer'
  | 'child process'
  | 'worker'
  | 'socket'
  | 'rpc'
  | 'httpAgent'
  | 'mail'
  | 'log'
  | 'file'
  | 'telemetry'
  | 'errorTracking'
  | 'vault';

/** The steps of a shutdown, in their order. */
export const shutdownSteps = [
  'timers',
  'audit log',
  'data',
  'vault',
  'credentials',
  'telemetry',
  'logger',
] as const;
export type ShutdownStep = (typeof shutdownSteps)[number];
