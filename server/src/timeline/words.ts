import { inSeconds } from '../project/deployments/durations.ts';
import type { SegmentKind, Verdict } from './timeline.ts';
import type { SegmentView, SourceView, TimelineView } from './view.ts';

/** What each segment is called, in text and picture alike. */
const segmentLabels: Readonly<Record<SegmentKind, string>> = {
  stdin: 'end of stdin',
  preStop: 'preStop',
  drain: 'drain',
  shutdown: 'shutdown',
  cleanup: 'cleanup',
  hang: 'hangs',
  unknown: 'unknown',
  slack: 'slack',
  overrun: 'overrun',
};

/** What each segment means, for a legend. */
export const segmentMeanings: Readonly<Record<SegmentKind, string>> = {
  stdin: 'the client has ended stdin and waits before it sends the signal',
  preStop: 'the platform waits before it sends the signal',
  drain: 'the server waits for its tool calls',
  shutdown: 'the server shuts down, which takes that long at most',
  cleanup: 'closing and flushing, at the latest until the forced exit',
  hang: 'the server does not end, until SIGKILL',
  unknown: 'what the server does is not known',
  slack: 'left before SIGKILL',
  overrun: 'cut off by SIGKILL',
};

/** What a verdict is called in one word or two. */
export const verdictLabels: Readonly<Record<Verdict['kind'], string>> = {
  fits: 'fits',
  tight: 'tight',
  cut: 'too short',
  'no-drain': 'no drain',
  hangs: 'hangs',
  unknown: 'not known',
};

/** Server, what stops it and the name of its deployment, as a heading. */
export function titleOf({ server, stoppedBy, deployment }: TimelineView): string {
  return `${server}: ${stoppedBy}${deployment === null ? '' : ` "${deployment}"`}`;
}

/** The same with where it is said: in the deployment's file, else the file that starts the server. */
export function placedTitleOf(view: TimelineView): string {
  const place = view.place ? `${view.place.path}:${view.place.line}` : view.entry;
  return `${titleOf(view)} (${place})`;
}

/** `30 s`, or that it is not known. */
export function amountText(ms: number | null): string {
  return ms === null ? '?' : inSeconds(ms);
}

/** `DRAIN_TIMEOUT_MS at k8s/app.yaml:7:21; used at src/index.ts:19:61` */
export function sourcesText(sources: readonly SourceView[]): string {
  return sources
    .map(({ text, place }) => (place ? `${text} at ${place.path}:${place.line}:${place.column}` : text))

    .join('; ');
}

/** What a line of numbers is about: a part of the time, or a moment. */
export type Sign = SegmentKind | 'signal' | 'kill';

/** One line of the numbers beside a picture. */
export interface Row {
  readonly sign: Sign;
  readonly label: string;
  /** `30 s`, `at 30 s`. */
  readonly amount: string;
  readonly sources: readonly SourceView[];
}

/** A delay before the signal is called as its platform calls it. */
function labelOf({ kind, sources }: SegmentView): string {
  return (kind === 'preStop' && sources[0]?.text) || segmentLabels[kind];
}

/** The numbers of a timeline in the order of time, with where each comes from. */
export function rowsOf({ segments, signal, kill }: TimelineView): Row[] {
  const rowOf = (segment: SegmentView): Row => ({
    sign: segment.kind,
    label: labelOf(segment),
    amount: amountText(segment.ms),
    sources: segment.sources,
  });
  const moment = (sign: Sign, label: string, { atMs, sources }: TimelineView['kill']): Row => ({
    sign,
    label,
    amount: `at ${amountText(atMs)}`,
    sources,
  });
  const isBefore = ({ kind }: SegmentView) => kind === 'stdin' || kind === 'preStop';
  const isAfter = ({ kind }: SegmentView) => kind === 'overrun';
  return [
    ...segments.filter(isBefore).map(rowOf),
    moment('signal', signal.name, signal),
    ...segments.filter((segment) => !isBefore(segment) && !isAfter(segment)).map(rowOf),
    moment('kill', 'SIGKILL', kill),
    ...segments.filter(isAfter).map(rowOf),
  ];
}

/** All of a timeline in sentences, for those who do not see the picture. */
export function descriptionOf(view: TimelineView): string {
  const rows = rowsOf(view).map(({ label, amount, sources }) => {
    const from = sourcesText(sources);
    return `${label} ${amount}${from ? ` (${from})` : ''}`;
  });
  return `${view.verdict.text} ${rows.join('; ')}.`;
}
