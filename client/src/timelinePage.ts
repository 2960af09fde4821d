import { escapeXml, svgPicture, svgSwatch } from '../../server/src/timeline/svg.ts';
import { svgStyle } from '../../server/src/timeline/svgColours.ts';
import type { LocationView, SourceView, TimelineView } from '../../server/src/timeline/view.ts';
import {
  placedTitleOf,
  type Row,
  rowsOf,
  segmentMeanings,
  verdictLabels,
} from '../../server/src/timeline/words.ts';

/** What the page tells the extension. */
export type PageMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'export' }
  /** Show a place: its index in {@link placesIn}. */
  | { readonly type: 'open'; readonly place: number };

/** Reads a message of the page; `undefined` for what is none. */
export function readMessage(value: unknown): PageMessage | undefined {
  const { type, place } = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  if (type === 'ready' || type === 'export') return { type };
  return type === 'open' && Number.isInteger(place) ? { type, place: place as number } : undefined;
}

/** The places that the timelines name, in the order in which the page shows them. */
export function placesIn(views: readonly TimelineView[]): LocationView[] {
  return views.flatMap((view) =>
    rowsOf(view).flatMap(({ sources }) => sources.flatMap(({ place }) => place ?? [])),
  );
}

const style = `${svgStyle}
body { max-width: 60rem; padding: 0 1.5rem 2rem; color: var(--vscode-foreground); font-family: var(--vscode-font-family); }
header { display: flex; align-items: center; justify-content: space-between; flex-wrap: wrap; }
h1 { font-size: 1.4rem; font-weight: 600; }
h2 { font-size: 1.1rem; font-weight: 600; margin: 2rem 0 0.25rem; }
p { margin: 0.25rem 0 0.75rem; }
svg.timeline { width: 100%; height: auto; display: block; }
svg.swatch { width: 0.8em; height: 0.8em; margin-right: 0.6em; vertical-align: baseline; }
table { border-collapse: collapse; margin-top: 0.5rem; }
caption { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; white-space: nowrap; }
th, td { text-align: left; font-weight: normal; padding: 0.15rem 1.5rem 0.15rem 0; vertical-align: top; }
thead th { font-weight: 600; border-bottom: 1px solid var(--vscode-panel-border, currentColor); }
th { white-space: nowrap; }
td.amount, th.amount { text-align: right; white-space: nowrap; }
button.export { color: var(--vscode-button-foreground); background: var(--vscode-button-background); border: 1px solid var(--vscode-button-border, transparent); padding: 0.4rem 0.9rem; border-radius: 2px; cursor: pointer; font: inherit; }
button.export:hover { background: var(--vscode-button-hoverBackground); }
button.place { color: var(--vscode-textLink-foreground); background: none; border: none; padding: 0; font: inherit; cursor: pointer; text-decoration: underline; }
button:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }`;

/** Asks for the content and puts it in; what is clicked is told by its number alone. */
const script = `
const vscode = acquireVsCodeApi();
const main = document.querySelector('main');
window.addEventListener('message', ({ data }) => {
  if (data?.type !== 'show') return;
  main.innerHTML = data.html;
  main.removeAttribute('aria-busy');
});
document.addEventListener('click', ({ target }) => {
  const button = target.closest?.('button');
  if (button?.matches('.export')) vscode.postMessage({ type: 'export' });
  if (button?.matches('.place')) vscode.postMessage({ type: 'open', place: Number(button.dataset.place) });
});
vscode.postMessage({ type: 'ready' });`;

/**
 * The page without its content, which comes by a message. Nothing is loaded, and only its own style and script count.
 * @param nonce letters and digits, new for each page
 */
export function timelinePage(nonce: string): string {
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Shutdown Timeline</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<header><h1>Shutdown Timeline</h1><button class="export" type="button">Export SVG</button></header>
<main aria-busy="true"><p>Reading the workspace.</p></main>
<script nonce="${nonce}">${script}</script>
</body>
</html>`;
}

/** The timelines, each with its picture and, for those who do not see it, the same numbers in a table. */
export function timelineContent(views: readonly TimelineView[]): string {
  if (views.length === 0) return '<p>No MCP server was found in this workspace.</p>';
  let places = 0;
  return views
    .map((view, index) => {
      const first = places;
      places += placesIn([view]).length;
      return section(view, `${index}`, first);
    })
    .join('\n');
}

function section(view: TimelineView, id: string, firstPlace: number): string {
  const { kind, text } = view.verdict;
  const title = escapeXml(placedTitleOf(view));
  let place = firstPlace;
  const rows = rowsOf(view).map((row) => {
    const html = rowHtml(row, id, place);
    place += row.sources.filter((source) => source.place).length;
    return html;
  });
  return `<section aria-labelledby="heading-${id}">
<h2 id="heading-${id}">${title}</h2>
<p><strong>${escapeXml(verdictLabels[kind])}:</strong> ${escapeXml(text)}</p>
${svgPicture(view, id)}
<table>
<caption>The numbers of ${title}</caption>
<thead><tr><th scope="col">Part</th><th scope="col" class="amount">Time</th><th scope="col">Comes from</th></tr></thead>
<tbody>${rows.join('')}</tbody>
</table>
</section>`;
}

function rowHtml({ sign, label, amount, sources }: Row, id: string, firstPlace: number): string {
  const meaning = sign === 'signal' || sign === 'kill' ? '' : ` title="${escapeXml(segmentMeanings[sign])}"`;
  const swatch = svgSwatch(sign, id);
  let place = firstPlace;
  const from = sources.map((source) => sourceHtml(source, source.place ? place++ : 0)).join('; ');
  return `<tr><th scope="row"${meaning}>${swatch}${escapeXml(label)}</th><td class="amount">${escapeXml(amount)}</td><td>${from}</td></tr>`;
}

function sourceHtml({ text, place }: SourceView, index: number): string {
  if (!place) return escapeXml(text);
  const where = `${place.path}:${place.line}:${place.column}`;
  return `${escapeXml(text)} at <button class="place" type="button" data-place="${index}">${escapeXml(where)}</button>`;
}
