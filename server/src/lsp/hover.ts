import { type Hover, MarkupKind, type Position } from 'vscode-languageserver';
import type { Outcome } from '../engine/outcome.ts';
import type { Finding } from '../engine/types.ts';
import type { Range } from '../text/range.ts';
import { timelinePlaces } from '../timeline/places.ts';
import type { Client } from './client.ts';
import { toLspRange } from './diagnostics.ts';
import { codeSpan, landmarkText, withoutMarkup } from './hoverTexts.ts';
import { timelinesText } from './timelineHover.ts';

/** What a hover asks of its surroundings. */
export interface HoverContext {
  readonly client: Client;
  readonly outcome: Outcome;
  documentationOf(ruleId: string): string | undefined;
  uriOf(path: string): string;
}

/**
 * What is said of a place: of the findings there, else of the key construct that it is, and of the time budgets that it
 * has a say in; `null` for others.
 */
export async function hover(path: string, position: Position, context: HoverContext): Promise<Hover | null> {
  const { project } = context.outcome;
  const file = project.files.get(path);
  if (!file) return null;
  const offset = file.lines.offsetAt(position);
  const findings = context.outcome.inFile(path).filter(({ range }) => holds(range, offset));
  const budget = nearest(timelinePlaces(project, path), offset);
  const landmark = findings.length > 0 ? undefined : nearest(project.landmarksIn(path), offset);
  const { markdownHover, showsTimelines } = context.client;
  const links = {
    uriOf: markdownHover ? context.uriOf : undefined,
    showsAll: markdownHover && showsTimelines,
  };
  const picture = budget ? [timelinesText(project, budget.timelines, links)] : [];
  const parts =
    findings.length > 0
      ? [...(await Promise.all(findings.map((finding) => findingText(finding, context)))), ...picture]
      : [...picture, ...(landmark ? [landmarkText(landmark)] : [])];
  if (parts.length === 0) return null;
  const ranges = [...findings, ...(budget ? [budget] : []), ...(landmark ? [landmark] : [])];
  return toHover(parts.join('\n\n---\n\n'), smallest(ranges.map(({ range }) => range)), path, context);
}

/** The smallest of the places that hold an offset. */
function nearest<T extends { readonly range: Range }>(places: readonly T[], offset: number): T | undefined {
  const around = places.filter(({ range }) => holds(range, offset));
  const range = smallest(around.map((place) => place.range));
  return around.find((place) => place.range === range);
}

/** The rule, what is wrong, what comes of it, and the ways out. The message itself stands in the diagnostic. */
async function findingText(finding: Finding, context: HoverContext): Promise<string> {
  const { ruleId } = finding;
  const docs = context.outcome.rules.find(({ id }) => id === ruleId)?.docs;
  const fixes = await context.outcome.fixesOf(finding);
  const page = context.documentationOf(ruleId);
  return [
    `**${ruleId}**: ${docs?.summary ?? finding.message}`,
    docs && firstParagraph(docs.why),
    fixes.length > 0 &&
      `Quick fix: ${fixes.map(({ title, isSafe }) => `${codeSpan(title)} (${isSafe ? 'safe' : 'look at it first'})`).join(' or ')}`,
    page && `[More about ${ruleId}](${page})`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** On one line: some clients show the line breaks of the source. */
function firstParagraph(markdown: string): string {
  return (markdown.trim().split(/\n\s*\n/)[0] ?? '').replace(/\s*\n\s*/g, ' ');
}

function toHover(markdown: string, range: Range, path: string, { client, outcome }: HoverContext): Hover {
  const contents = client.markdownHover
    ? { kind: MarkupKind.Markdown, value: markdown }
    : { kind: MarkupKind.PlainText, value: withoutMarkup(markdown) };
  return { contents, range: toLspRange(outcome.project, path, range) };
}

/** Whether the character at `offset`, or a caret at the range's end, belongs to the range. */
function holds({ start, end }: Range, offset: number): boolean {
  return start <= offset && offset <= end;
}

function smallest(ranges: readonly Range[]): Range {
  return ranges.reduce((best, range) => (range.end - range.start < best.end - best.start ? range : best), {
    start: 0,
    end: Number.POSITIVE_INFINITY,
  });
}
