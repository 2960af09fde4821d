import type { DockerfileFacts, Stage } from '../../languages/dockerfile/facts.ts';
import type { ShellRun } from '../../languages/dockerfile/shellRun.ts';
import type { TextEdit } from '../../text/edits.ts';

/** A new argument for a CMD or ENTRYPOINT. */
export interface Rewrite {
  /** The instruction as it will read, on one line: `CMD ["node", "dist/index.js"]`. */
  readonly result: string;
  /** Whether the same process starts with the same arguments, environment and files. */
  readonly isSafe: boolean;
  /** Against the file's text. */
  readonly edits: readonly TextEdit[];
}

/** What a rewrite starts from. */
export interface Start {
  readonly fileText: string;
  readonly facts: DockerfileFacts;
  /** The stage that is the image. */
  readonly stage: Stage;
  readonly run: ShellRun;
}
