/** A word of a command: what the program gets, and how a shell would write it. */
export interface CallWord {
  /** `undefined` where only a shell can tell. */
  readonly value?: string;
  readonly raw: string;
}

/** npm and its like with what they are told to run. */
export interface ManagerCall {
  /** `npm`, `npx`, `yarn`, `pnpm`, `bun`, `node --run`, `nodemon`, `pm2-runtime`... */
  readonly manager: string;
  /** A script of package.json, or a program with its arguments; none where `problem` says why. */
  readonly script?: string;
  readonly program?: readonly CallWord[];
  /** What is added to the script. */
  readonly args: readonly CallWord[];
  /** The folder that is gone to first (`--prefix`, `-C`, `--cwd`). */
  readonly folder?: string;
  /** The workspace package that is meant, by name or path. */
  readonly workspace?: string;
  /** Scripts before and after the one that is named do not run. */
  readonly withoutHooks?: boolean;
  /** It is told how long a stop may take (`pm2-runtime --kill-timeout`). */
  readonly setsTimeout?: boolean;
  /** Why what it runs cannot be told. */
  readonly problem?: string;
}
