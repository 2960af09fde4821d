import type { Place } from '../project/deployments/deployment.ts';
import type { LinkedDeployment } from '../project/project.ts';
import type { McpServer } from '../project/server.ts';

/** What happens from the moment in which a server is to be stopped until SIGKILL. All times in ms from that moment. */
export interface Timeline {
  readonly server: McpServer;
  /** None: nothing in the workspace says how the server is run. */
  readonly deployment: LinkedDeployment | undefined;
  /** Who stops the server, as a sentence names it. */
  readonly stoppedBy: string;
  readonly signal: Moment & { readonly name: string };
  readonly kill: Moment;
  /** In order and without gaps; an overrun covers the end of those before it. */
  readonly segments: readonly Segment[];
  readonly verdict: Verdict;
}

export interface Moment {
  /** `undefined` where it is not known. */
  readonly atMs: number | undefined;
  readonly sources: readonly Source[];
}

/**
 * - `stdin`: the client has ended stdin and waits before it sends the signal
 * - `preStop`: the platform waits before it sends the signal
 * - `drain`: the server waits for its calls
 * - `shutdown`: the server shuts down: it waits for something that is not the calls, or forces its exit in the end
 * - `cleanup`: the server closes and flushes, at the latest until it forces its exit
 * - `hang`: the server does not end, and SIGKILL is waited for
 * - `unknown`: nobody knows what the server does
 * - `slack`: what is left before SIGKILL
 * - `overrun`: what SIGKILL cuts off
 */
export type SegmentKind =
  | 'stdin'
  | 'preStop'
  | 'drain'
  | 'shutdown'
  | 'cleanup'
  | 'hang'
  | 'unknown'
  | 'slack'
  | 'overrun';

export interface Segment {
  readonly kind: SegmentKind;
  readonly startMs: number;
  /** `undefined` where its end is not known. */
  readonly ms: number | undefined;
  readonly sources: readonly Source[];
}

/** Where a number comes from. */
export interface Source {
  /** `default of Kubernetes`, or the name of what stands at the place. */
  readonly text: string;
  readonly at: Place | undefined;
}

/** What a budget comes to, with a sentence that says so. */
export interface Verdict {
  /**
   * `cut`: SIGKILL comes too early; `tight`: hardly anything is left for closing; `no-drain`: no call is waited for;
   * `hangs`: only SIGKILL ends the server.
   */
  readonly kind: 'fits' | 'tight' | 'cut' | 'no-drain' | 'hangs' | 'unknown';
  readonly text: string;
}
