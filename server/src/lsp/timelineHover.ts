import type { Project } from '../project/project.ts';
import { locateIn, pathInWorkspace } from '../timeline/locate.ts';
import { barText, signText } from '../timeline/text.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { type SourceView, type TimelineView, viewOf } from '../timeline/view.ts';
import { type Row, rowsOf, titleOf, verdictLabels } from '../timeline/words.ts';
import { escapeMarkdown } from './hoverTexts.ts';
import { showTimelineCommand } from './protocol.ts';

/** A hover is narrow, and short: more timelines than this are for the view that shows them all. */
const options = { width: 34, isAscii: false };
const maxShown = 3;

/** What a client can do with the texts. */
export interface TimelineLinks {
  /** The address of a file; `undefined` where links are not shown as such. */
  readonly uriOf: ((path: string) => string) | undefined;
  /** Whether the client can show all timelines. */
  readonly showsAll: boolean;
}

/** The budgets of some timelines as small pictures in text, with their numbers and where each comes from. */
export function timelinesText(
  project: Project,
  timelines: readonly Timeline[],
  links: TimelineLinks,
): string {
  const locate = locateIn(project, (path) => pathInWorkspace(project, path), links.uriOf);
  const shown = timelines.slice(0, maxShown).map((timeline) => timelineText(viewOf(timeline, locate)));
  const more = timelines.length - shown.length;
  const rest = more > 0 ? [`${more} more of them ${more === 1 ? 'is' : 'are'} not shown here.`] : [];
  const link = links.showsAll ? [`[Show all shutdown timelines](command:${showTimelineCommand})`] : [];
  return [...shown, ...rest, ...link].join('\n\n');
}

function timelineText(view: TimelineView): string {
  const { kind, text } = view.verdict;
  return [
    `**${escapeMarkdown(titleOf(view))}: ${verdictLabels[kind]}.** ${escapeMarkdown(text)}`,
    ['```text', ...barText(view, options), '```'].join('\n'),
    rowsOf(view).map(rowText).join('\n'),
  ].join('\n\n');
}

function rowText({ sign, label, amount, sources }: Row): string {
  const mark = sign === 'signal' ? '' : `\`${signText(sign, options)}\` `;
  const from = sources.map(sourceText).join('; ');
  return `- ${mark}${escapeMarkdown(label)} ${amount}${from ? `: ${from}` : ''}`;
}

function sourceText({ text, place }: SourceView): string {
  if (!place) return escapeMarkdown(text);
  const where = escapeMarkdown(`${place.path}:${place.line}:${place.column}`);
  const link = place.uri === undefined ? where : `[${where}](${place.uri}#L${place.line},${place.column})`;
  return `${escapeMarkdown(text)} at ${link}`;
}
