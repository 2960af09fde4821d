import type { CallExpr } from '../program.ts';
import type { Holder } from './holders.ts';
import type { Lifetime } from './lifetimes.ts';
import type { ResourceRow } from './row.ts';

/** Something that code opens and has to release. */
export interface HeldResource {
  readonly row: ResourceRow;
  /** In a reader's words: "PostgreSQL connection pool". */
  readonly what: string;
  readonly path: string;
  readonly fn: number;
  /** The call that opens it. */
  readonly call: CallExpr;
  /** The call that makes what owns it and is released in its place (the logger of a file transport). */
  readonly keeper: CallExpr | undefined;
  /** The calls that release it, or its keeper, as a row writes them; the one for a fix first. */
  readonly releases: readonly string[];
  /** By what it, or its keeper, is kept, as far as its own statement tells. */
  readonly holders: readonly Holder[];
  readonly lifetime: Lifetime;
  /** Whether the process does not end by itself while it is open. */
  readonly keepsAlive: boolean;
  /** How it is released, with `x` for the object; `undefined` where that takes more than one call. */
  readonly release: string | undefined;
}

/** Whether an exit without a release loses data or leaves something behind. */
export function isMissedAtExit({ row }: HeldResource): boolean {
  return row.atExit !== 'nothing';
}
