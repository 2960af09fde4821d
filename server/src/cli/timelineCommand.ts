import { openProject } from '../engine/openProject.ts';
import { Workspace } from '../project/workspace.ts';
import { isInside, relativePath } from '../text/paths.ts';
import { locateIn } from '../timeline/locate.ts';
import { svgDocument } from '../timeline/svg.ts';
import { keyLines, type TextOptions, type Tone, timelineText } from '../timeline/text.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { timelinesOf } from '../timeline/timelines.ts';
import { type TimelineView, viewOf } from '../timeline/view.ts';
import type { Environment } from './environment.ts';
import { type TimelineCommand, UsageError } from './options.ts';
import { findTargets } from './targets.ts';
import { type Format, painter, printable, takesUnicode, wantsColor } from './terminal.ts';

/**
 * `mcp-shutdown timeline`: what happens from a stop to SIGKILL, for each server and deployment.
 * @returns the exit code: 1 where there is no server, 2 where a file or a part could not be had.
 * @throws UsageError when it cannot run as asked.
 */
export async function timelineCommand(command: TimelineCommand, environment: Environment): Promise<number> {
  const { fileSystem } = environment;
  const { base, byRoot } = await findTargets(command.paths, environment);
  const views: TimelineView[] = [];
  for (const [root, paths] of byRoot) {
    const project = await openProject(new Workspace(fileSystem), root, {}, false);
    for (const limit of project.limits) {
      environment.writeError(`mcp-shutdown: not everything was read: ${printable(limit)}\n`);
    }
    const wanted = timelinesOf(project).filter((timeline) => isWanted(timeline, paths));
    const locate = locateIn(project, (path) => relativePath(base, path));
    views.push(...wanted.map((timeline) => viewOf(timeline, locate)));
  }
  const text = rendered(views, command, environment);
  if (command.output === undefined) environment.write(text);
  else await save(command.output, text, environment);
  return views.length > 0 ? 0 : 1;
}

/** Who names a deployment file asks for its timelines alone; who names a server, for all of that server. */
function isWanted({ server, deployment }: Timeline, paths: readonly string[]): boolean {
  const places = [server.entry, ...(deployment ? [deployment.at.path] : [])];
  return places.some((place) => paths.some((path) => isInside(path, place)));
}

function rendered(
  views: readonly TimelineView[],
  command: TimelineCommand,
  environment: Environment,
): string {
  if (command.format === 'json') return timelineJson(views, environment.version);
  if (command.format === 'svg') return svgDocument(views);
  return textOf(views, command, environment);
}

/** The timelines for a program; within one `version` keys are only ever added. All times are in ms. */
function timelineJson(timelines: readonly TimelineView[], version: string): string {
  return `${JSON.stringify({ version: 1, tool: { name: 'mcp-shutdown', version }, timelines }, null, 2)}\n`;
}

const tones: Readonly<Record<Tone, Format>> = {
  title: 'bold',
  stdin: 'magenta',
  preStop: 'magenta',
  drain: 'blue',
  shutdown: 'blue',
  cleanup: 'yellow',
  hang: 'yellow',
  unknown: 'gray',
  slack: 'green',
  overrun: 'red',
  kill: 'red',
  fits: 'green',
  tight: 'yellow',
  cut: 'red',
  'no-drain': 'red',
  hangs: 'red',
};

const widestBar = 80;
const usualColumns = 80;

function textOf(
  views: readonly TimelineView[],
  { color, output }: TimelineCommand,
  { variables, isTTY, columns = usualColumns }: Environment,
): string {
  if (views.length === 0) return 'No MCP server was found.\n';
  const isFile = output !== undefined;
  const paint = painter(wantsColor(color, variables, isTTY && !isFile));
  const options: TextOptions = {
    width: Math.max(20, Math.min(widestBar, columns - 8)),
    isAscii: !isFile && !takesUnicode(variables),
    paint: (tone, text) => paint(tones[tone], text),
  };
  // Names come from files: each line is made safe before colours are put in.
  const safe = views.map(printableView);
  const key = keyLines(safe, options).map((line) => `  ${line}\n`);
  return `${safe.map((view) => `${timelineText(view, options)}\n`).join('')}What the signs mean:\n${key.join('')}`;
}

/** A view whose texts steer no terminal. */
function printableView(view: TimelineView): TimelineView {
  const safe = (value: unknown): unknown => {
    if (typeof value === 'string') return printable(value).replaceAll('\t', ' ');
    if (Array.isArray(value)) return value.map(safe);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, safe(inner)]));
  };
  return safe(view) as TimelineView;
}

async function save(
  file: string,
  text: string,
  { toCorePath, fileSystem, saveText }: Environment,
): Promise<void> {
  const path = toCorePath(file);
  const before = await fileSystem.readText(path, 10_000_000);
  try {
    await saveText(path, before, text);
  } catch (error) {
    throw new UsageError(printable((error as Error).message));
  }
}
