import type { Wiring } from '../http/framework.ts';
import type { ToolTracking } from '../tools/tracking.ts';

/** What a wait for the calls in flight needs in one server. */
export interface DrainNeeds {
  /** How tool calls are counted; `undefined` where the answers that HTTP owes say it all. */
  readonly tools: ToolTracking | undefined;
  /** The server can serve stdio. */
  readonly isStdio: boolean;
  /** The HTTP framework's part, where the server listens on a port. */
  readonly http: Wiring | undefined;
  /** The wait for calls in flight where the environment sets none, in ms. */
  readonly drainTimeoutMs: number;
}

/** What the inserted shutdown code has to do for one server; each part is there only where the server needs it. */
export interface RuntimeNeeds extends DrainNeeds {
  readonly tools: ToolTracking;
  /** Something has to be done after the drain: a listener to close, resources to release. */
  readonly hasSteps: boolean;
  /** Lines of handlers that were there before, in their authors' words: when the signal comes, and before the exit. */
  readonly first: readonly string[];
  readonly last: readonly string[];
  /** One of these lines names what asked the server to stop, as `cause`. */
  readonly namesCause: boolean;
}

/** How long everything behind that wait may take, in ms: what follows is killed by the platform. */
export function closingMs({ drainTimeoutMs }: RuntimeNeeds): number {
  // The grace periods that leave less than the usual five seconds, with the shortest wait: Fly's is five in all.
  return drainTimeoutMs > 1_000 ? 4_800 : 3_800;
}
