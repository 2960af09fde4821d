import type { Segment, SegmentKind, Source } from './timeline.ts';

/** A part of what happens, without its place in time. */
export interface Part {
  readonly kind: SegmentKind;
  readonly ms: number;
  readonly sources: readonly Source[];
}

/** What fills the time behind the last part: nothing, or what the server does there. */
export interface Rest {
  readonly kind: 'slack' | 'hang' | 'unknown';
  readonly sources: readonly Source[];
}

/**
 * Parts one behind the other, and what is left up to SIGKILL or cut off by it.
 * @param killMs when SIGKILL comes; `undefined` where nobody knows
 */
export function segmentsOf(parts: readonly Part[], killMs: number | undefined, rest: Rest): Segment[] {
  let endMs = 0;
  const segments: Segment[] = parts.map(({ kind, ms, sources }) => {
    const startMs = endMs;
    endMs += ms;
    return { kind, startMs, ms, sources };
  });
  if (killMs === undefined) {
    return rest.kind === 'slack' ? segments : [...segments, { ...rest, startMs: endMs, ms: undefined }];
  }
  if (endMs > killMs)
    return [...segments, { kind: 'overrun', startMs: killMs, ms: endMs - killMs, sources: [] }];
  if (endMs === killMs) return segments;
  return [...segments, { ...rest, startMs: endMs, ms: killMs - endMs }];
}
