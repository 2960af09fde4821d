import type { Project } from '../project/project.ts';
import { locateIn, pathInWorkspace } from '../timeline/locate.ts';
import { pictureText } from '../timeline/text.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { viewOf } from '../timeline/view.ts';
import { titleOf, verdictLabels } from '../timeline/words.ts';
import { codeBlock, escapeMarkdown } from './hoverTexts.ts';
import { showTimelineCommand } from './protocol.ts';

/** A hover is narrow, and short: more timelines than this are for the view that shows them all. */
const barWidth = 44;
const maxShown = 3;

/**
 * The budgets of some timelines as small pictures in text, with their numbers.
 * @param isLinked whether the client can show them all
 */
export function timelinesText(project: Project, timelines: readonly Timeline[], isLinked: boolean): string {
  const locate = locateIn(project, (path) => pathInWorkspace(project, path));
  const shown = timelines.slice(0, maxShown).map((timeline) => {
    const view = viewOf(timeline, locate);
    const { kind, text } = view.verdict;
    return [
      `**From stop to SIGKILL: ${verdictLabels[kind]}.** ${escapeMarkdown(text)}`,
      codeBlock(
        [titleOf(view), '', ...pictureText(view, { width: barWidth, isAscii: false })].map(onOneLine),
      ),
    ].join('\n\n');
  });
  const more = timelines.length - shown.length;
  const rest = more > 0 ? [`${more} more of them ${more === 1 ? 'is' : 'are'} not shown here.`] : [];
  const link = isLinked ? [`[Show all shutdown timelines](command:${showTimelineCommand})`] : [];
  return [...shown, ...rest, ...link].join('\n\n');
}

/** Names come from files: they may hold anything. */
function onOneLine(line: string): string {
  return line.replace(/\p{Cc}/gu, ' ');
}
