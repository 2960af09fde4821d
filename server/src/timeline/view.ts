import type { Place } from '../project/deployments/deployment.ts';
import type { Moment, SegmentKind, Source, Timeline, Verdict } from './timeline.ts';

/** A timeline as plain data that can be shown, sent and stored. All times in ms from the decision to stop the server. */
export interface TimelineView {
  readonly server: string;
  /** The file that starts the server. */
  readonly entry: string;
  /** Who stops it: `Kubernetes`, `docker stop`. */
  readonly stoppedBy: string;
  /** The service, workload or app; `null` where nothing deploys the server. */
  readonly deployment: string | null;
  /** Where that one is named. */
  readonly place: LocationView | null;
  readonly signal: MomentView & { readonly name: string };
  readonly kill: MomentView;
  readonly segments: readonly SegmentView[];
  readonly verdict: Verdict;
}

export interface MomentView {
  /** `null` where it is not known. */
  readonly atMs: number | null;
  readonly sources: readonly SourceView[];
}

export interface SegmentView {
  readonly kind: SegmentKind;
  readonly startMs: number;
  /** `null` where its end is not known. */
  readonly ms: number | null;
  readonly sources: readonly SourceView[];
}

export interface SourceView {
  readonly text: string;
  /** `null` for a default, which stands nowhere. */
  readonly place: LocationView | null;
}

/** A place in a file for people: line and column start at 1. */
export interface LocationView {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  /** The file's address, for a client that can open it. */
  readonly uri?: string;
}

/** Says where a place is, in the terms of who asks. */
export type Locate = (place: Place) => LocationView;

/** A timeline as plain data, its places as lines and columns. */
export function viewOf(timeline: Timeline, locate: Locate): TimelineView {
  const { server, deployment, signal, kill } = timeline;
  const sourceOf = ({ text, at }: Source): SourceView => ({ text, place: at ? locate(at) : null });
  const momentOf = ({ atMs, sources }: Moment): MomentView => ({
    atMs: atMs ?? null,
    sources: sources.map(sourceOf),
  });
  return {
    server: server.name,
    entry: locate({ path: server.entry, range: { start: 0, end: 0 } }).path,
    stoppedBy: timeline.stoppedBy,
    deployment: deployment?.name ?? null,
    place: deployment ? locate(deployment.at) : null,
    signal: { name: signal.name, ...momentOf(signal) },
    kill: momentOf(kill),
    segments: timeline.segments.map(({ kind, startMs, ms, sources }) => ({
      kind,
      startMs,
      ms: ms ?? null,
      sources: sources.map(sourceOf),
    })),
    verdict: timeline.verdict,
  };
}
