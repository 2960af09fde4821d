import { type Picture, pictureOf } from './pieces.ts';
import { colours, hatch, killColour, svgStyle } from './svgColours.ts';
import type { SegmentKind } from './timeline.ts';
import type { TimelineView } from './view.ts';
import {
  amountText,
  descriptionOf,
  placedTitleOf,
  rowsOf,
  type Sign,
  sourcesText,
  verdictLabels,
} from './words.ts';

const width = 760;
const padding = 16;
const barWidth = width - 2 * padding;
const barHeight = 26;
const lineHeight = 19;
const sourcesLeft = padding + 204;
/** The room that a character takes on average: longer texts are cut, because a line of SVG does not wrap. */
const characterWidth = 7;

/** All timelines as one picture that stands for itself: an SVG document. */
export function svgDocument(views: readonly TimelineView[]): string {
  const heights = views.map(heightOf);
  const height = Math.max(
    2 * padding,
    heights.reduce((sum, each) => sum + each, 0),
  );
  let top = 0;
  const parts = views.map((view, index) => {
    const part = `<g transform="translate(0 ${top})">${headOf(view)}${bodyOf(view, 54, `${index}`)}</g>`;
    top += heights[index]!;
    return part;
  });
  const title =
    views.length === 1 ? `Shutdown timeline of ${placedTitleOf(views[0]!)}` : 'Shutdown timelines';
  const description = views.map((view) => `${placedTitleOf(view)}. ${descriptionOf(view)}`).join('\n');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escapeXml(title)}</title>`,
    `<desc id="description">${escapeXml(description)}</desc>`,
    `<style>${svgStyle}</style>`,
    `<rect class="t-background" width="${width}" height="${height}" fill="#ffffff"/>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

/**
 * The picture of one timeline for a page that has a heading and the numbers beside it, and {@link svgStyle} in its style.
 * @param id distinguishes it from the others of the page
 */
export function svgPicture(view: TimelineView, id: string): string {
  const height = barHeight + 34;
  return [
    `<svg class="timeline" viewBox="${padding - 2} 0 ${barWidth + 4} ${height}" role="img" aria-labelledby="title-${id} description-${id}">`,
    `<title id="title-${id}">${escapeXml(`Shutdown timeline of ${placedTitleOf(view)}`)}</title>`,
    `<desc id="description-${id}">${escapeXml(descriptionOf(view))}</desc>`,
    pictureMarkup(view, 6, id),
    '</svg>',
  ].join('');
}

/** The sign of a row of numbers, for a page that has {@link svgPicture} under the same id. */
export function svgSwatch(sign: Sign, id: string): string {
  return `<svg class="swatch" viewBox="0 0 12 12" aria-hidden="true">${signMarkup(sign, id)}</svg>`;
}

/** A box of a part's colour, or the line of a moment, in 12 by 12. */
function signMarkup(sign: Sign, id: string): string {
  if (sign !== 'signal' && sign !== 'kill') return boxAt(0, 0, 12, 12, sign, id);
  const [name, fill] = sign === 'kill' ? ['t-kill', killColour] : ['t-mark', '#1f1f1f'];
  return `<rect class="${name}" x="4.5" y="0" width="3" height="12" fill="${fill}"/>`;
}

function heightOf(view: TimelineView): number {
  return 54 + barHeight + 30 + rowsOf(view).length * lineHeight + 24;
}

function headOf(view: TimelineView): string {
  const { kind, text } = view.verdict;
  return (
    textAt(padding, 24, placedTitleOf(view), 't-title') +
    textAt(padding, 44, `${verdictLabels[kind]}: ${text}`)
  );
}

function bodyOf(view: TimelineView, top: number, id: string): string {
  const rows = rowsOf(view).map(({ sign, label, amount, sources }, index) => {
    const y = top + barHeight + 44 + index * lineHeight;
    const swatch = `<g transform="translate(${padding} ${y - 11})">${signMarkup(sign, id)}</g>`;
    return (
      swatch +
      textAt(padding + 20, y, label) +
      textAt(padding + 190, y, amount, 't-amount') +
      textAt(sourcesLeft, y, sourcesText(sources), 't-quiet')
    );
  });
  return pictureMarkup(view, top, id) + rows.join('');
}

/** The bar, SIGKILL's mark and the scale. */
function pictureMarkup(view: TimelineView, top: number, id: string): string {
  const picture = pictureOf(view);
  const xOf = (ms: number) => padding + (ms / picture.endMs) * barWidth;
  const boxes = picture.pieces.map(({ kind, startMs, endMs }) =>
    boxAt(xOf(startMs), top, Math.max(1, xOf(endMs) - xOf(startMs)), barHeight, kind, id),
  );
  const { killMs } = picture;
  const kill =
    killMs === undefined
      ? ''
      : `<rect class="t-kill" x="${round(xOf(killMs) - 1.5)}" y="${top - 4}" width="3" height="${barHeight + 8}" fill="${killColour}"/>`;
  return hatch(id) + boxes.join('') + kill + scaleOf(view, picture, xOf, top + barHeight + 18);
}

/** Times under the bar, as far as there is room, SIGKILL's and the signal's with their names. */
function scaleOf(view: TimelineView, picture: Picture, xOf: (ms: number) => number, y: number): string {
  const { signal } = view;
  const ends = picture.pieces
    .map(({ endMs }) => endMs)
    .filter((ms) => picture.killMs !== undefined || ms < picture.endMs);
  const times = [...new Set([picture.killMs, signal.atMs ?? 0, 0, ...ends].filter((ms) => ms !== undefined))];
  const taken: [number, number][] = [];
  return times
    .map((ms) => {
      const name = ms === picture.killMs ? 'SIGKILL ' : ms === signal.atMs ? `${signal.name} ` : '';
      const text = `${name}${amountText(ms)}`;
      const length = text.length * characterWidth;
      const x = Math.floor(Math.max(padding, Math.min(xOf(ms) - length / 2, width - padding - length)));
      if (taken.some(([from, to]) => x < to + 8 && x + length > from - 8)) return '';
      taken.push([x, x + length]);
      return textAt(x, y, text, 't-quiet');
    })
    .join('');
}

function boxAt(x: number, y: number, w: number, h: number, kind: SegmentKind, id: string): string {
  const box = `x="${round(x)}" y="${y}" width="${round(w)}" height="${h}"`;
  const fill = `<rect class="t-${kind}" ${box} fill="${colours[kind].fallback}"/>`;
  // Not by colour alone: what is cut off or hangs is hatched.
  return colours[kind].isHatched ? `${fill}<rect ${box} fill="url(#hatch-${id})"/>` : fill;
}

function textAt(x: number, y: number, text: string, className = ''): string {
  const anchor = className === 't-amount' ? ' text-anchor="end"' : '';
  const names = ['t-text', className].filter(Boolean).join(' ');
  return `<text class="${names}" x="${round(x)}" y="${y}"${anchor} font-family="system-ui, sans-serif" font-size="13" fill="#1f1f1f">${escapeXml(shortened(text, x))}</text>`;
}

function shortened(text: string, x: number): string {
  const room = Math.floor((width - padding - x) / characterWidth);
  return text.length > room ? `${text.slice(0, room - 1)}…` : text;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A text for XML and HTML: characters that XML does not know become the replacement character. */
export function escapeXml(text: string): string {
  const known = text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return known.replace(/[&<>"']/g, (character) => entities[character]!);
}
