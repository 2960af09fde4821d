/** A log that is being read. */
export interface LogStream {
  /** Bytes of the file; `undefined` for a pipe. */
  readonly size: number | undefined;
  /** How many of them were read. */
  bytesRead(): number;
  /** Throws a {@link LogError} where reading fails. */
  readonly content: AsyncIterable<Uint8Array>;
}

/** A log that is not there or cannot be read; the message is for the person. */
export class LogError extends Error {}
