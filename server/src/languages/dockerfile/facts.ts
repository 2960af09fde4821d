import type { Range } from '../../text/range.ts';
import type { Copy } from './copies.ts';

/** What a Dockerfile says of the images it builds. Plain data; all offsets are those of the file's text. */
export interface DockerfileFacts {
  /** The character that continues a line: a backslash, or a backtick where the `escape` directive says so. */
  readonly escapeCharacter: '\\' | '`';
  /** The build stages, in order; a file without `FROM` has none. */
  readonly stages: readonly Stage[];
  /** The lines of the heredocs of RUN, COPY and ADD, delimiters included; nothing in them is an instruction. */
  readonly heredocs: readonly Range[];
}

/** One `FROM` and what follows it. */
export interface Stage {
  readonly index: number;
  /** The name behind `AS`, in lower case. */
  readonly name?: string;
  /** The whole `FROM` instruction. */
  readonly range: Range;
  readonly base: Base;
  /** The last SHELL of the stage or of the stages it is made from; none: Docker's default. */
  readonly shell?: readonly string[];
  /** The working folder at the stage's end, where every part of it is known. */
  readonly workdir?: string;
  /** The same, relative to the base image's own working folder (`''`) where no WORKDIR says more. */
  readonly folder?: string;
  /** The COPY and ADD instructions of this stage, in order, as far as their targets are known. */
  readonly copies: readonly Copy[];
  /** ENV of the stage and of the stages it is made from; an unknown value is `undefined`. */
  readonly env: ReadonlyMap<string, string | undefined>;
  /** In force for a container of this stage, possibly written in an earlier one. */
  readonly entrypoint?: Command;
  /** In force for a container of this stage; an ENTRYPOINT takes away the CMD of an earlier stage. */
  readonly cmd?: Command;
  readonly stopSignal?: StopSignal;
  /** Every CMD and ENTRYPOINT written in this stage, also those that a later one replaces. */
  readonly commands: readonly Command[];
  /** Versions of npm, yarn and pnpm that RUN instructions install, by name; `latest` where they do not say which. */
  readonly managers: ReadonlyMap<string, string>;
  /** What the stage's own instructions tell of its /bin/sh. */
  readonly shellEvidence: ShellEvidence;
}

/** What a stage is made from. */
export type Base =
  | { readonly kind: 'image'; readonly image: ImageReference }
  | { readonly kind: 'stage'; readonly index: number }
  /** Depends on a build argument without a default, or is missing. */
  | { readonly kind: 'unknown'; readonly text: string };

/** An image's name, with the defaults of build arguments filled in. */
export interface ImageReference {
  /** As one would write it, without the digest: `node:20-alpine`. */
  readonly text: string;
  /** Registry and path without the tag: `gcr.io/distroless/nodejs22-debian12`. */
  readonly name: string;
  /** `undefined` means `latest`, or a digest alone. Unknown parts of it are `*`: `*-alpine`. */
  readonly tag?: string;
  readonly hasDigest: boolean;
}

/** Hints at the shell of an image that is not known by its name. */
export interface ShellEvidence {
  /** Package managers that RUN instructions call. */
  readonly packageManagers: ReadonlySet<'apt' | 'apk' | 'rpm'>;
  /** An instruction puts something at or over /bin/sh, so what the base image has there no longer counts. */
  readonly replacesShell: boolean;
}

/** `exec`: a JSON array; `malformed-exec`: meant as one, but not JSON (Docker runs it as shell form). */
export type CommandForm = 'exec' | 'shell' | 'malformed-exec';

/** A CMD or ENTRYPOINT with an argument. Those of ONBUILD and HEALTHCHECK are not commands. */
export interface Command {
  readonly instruction: 'CMD' | 'ENTRYPOINT';
  readonly form: CommandForm;
  /** From the keyword to the end of the argument. */
  readonly range: Range;
  readonly keyword: Range;
  /** The argument as Docker sees it. */
  readonly argument: JoinedText;
  /** The strings of the array, for `exec`. */
  readonly argv?: readonly string[];
  /** The SHELL in force where the command stands; none: Docker's default. */
  readonly shell?: readonly string[];
  /** The stage that it is written in. */
  readonly stage: number;
}

/** Text whose continuation lines were joined, with the way back to the file. */
export interface JoinedText {
  readonly text: string;
  /** The stretch of the file from its first to its last character. */
  readonly range: Range;
  /** Unbroken stretches: `length` characters from `joined` on stand at `original` in the file. In order. */
  readonly segments: readonly {
    readonly joined: number;
    readonly original: number;
    readonly length: number;
  }[];
}

export interface StopSignal {
  readonly value: string;
  readonly range: Range;
}
