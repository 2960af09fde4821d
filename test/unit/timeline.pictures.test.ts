import { describe, expect, test } from 'vitest';
import { placesIn, readMessage, timelineContent, timelinePage } from '../../client/src/timelinePage.ts';
import { svgDocument } from '../../server/src/timeline/svg.ts';
import type { LocationView, TimelineView } from '../../server/src/timeline/view.ts';

const place = (path: string, line: number): LocationView => ({
  path,
  line,
  column: 1,
  uri: `file:///w/${path}`,
});
const fromKubernetes = [{ text: 'default of Kubernetes', place: null }];

/** preStop 5 s and a drain of 30 s, in 30 s. */
const tooShort: TimelineView = {
  server: 'notes-mcp',
  entry: 'src/index.ts',
  stoppedBy: 'Kubernetes',
  deployment: 'notes',
  place: place('k8s/app.yaml', 4),
  signal: { name: 'SIGTERM', atMs: 5_000, sources: fromKubernetes },
  kill: { atMs: 30_000, sources: fromKubernetes },
  segments: [
    {
      kind: 'preStop',
      startMs: 0,
      ms: 5_000,
      sources: [{ text: 'preStop', place: place('k8s/app.yaml', 16) }],
    },
    {
      kind: 'drain',
      startMs: 5_000,
      ms: 30_000,
      sources: [
        { text: 'DRAIN_TIMEOUT_MS', place: place('k8s/app.yaml', 13) },
        { text: 'used', place: place('src/index.ts', 16) },
      ],
    },
    { kind: 'overrun', startMs: 30_000, ms: 5_000, sources: [] },
  ],
  verdict: { kind: 'cut', text: 'SIGKILL comes 5 s before the drain ends.' },
};

const hostile: TimelineView = {
  ...tooShort,
  server: '<script>alert(1)</script>',
  deployment: '"]]> & \u0007',
  kill: { atMs: null, sources: [{ text: '<img src=x>', place: place('a"b<c>', 1) }] },
};

/** The boxes of a kind: where they begin and how wide they are. */
function boxes(svg: string, kind: string): [number, number][] {
  return [
    ...svg.matchAll(new RegExp(`<rect class="t-${kind}" x="([\\d.]+)" y="[\\d.]+" width="([\\d.]+)"`, 'g')),
  ].map(([, x, width]) => [Number(x), Number(width)]);
}

describe('the SVG document', () => {
  const svg = svgDocument([tooShort]);

  test('draws the parts to scale, none over another, and hatches what is cut off', () => {
    const [preStop, drain, overrun] = ['preStop', 'drain', 'overrun'].map((kind) => boxes(svg, kind)[0]!) as [
      [number, number],
      [number, number],
      [number, number],
    ];
    expect(drain[1] / preStop[1]).toBeCloseTo(5, 1);
    expect(overrun[1]).toBeCloseTo(preStop[1], 0);
    expect(preStop[0] + preStop[1]).toBeCloseTo(drain[0], 0);
    expect(drain[0] + drain[1]).toBeCloseTo(overrun[0], 0);
    expect(svg).toContain('fill="url(#hatch-0)"');
    expect(svg).toContain('<pattern id="hatch-0"');
  });

  test('says everything to those who do not see it', () => {
    expect(svg).toMatch(/^<svg [^>]*role="img" aria-labelledby="title description">/);
    expect(svg).toContain(
      '<title id="title">Shutdown timeline of notes-mcp: Kubernetes &quot;notes&quot; (k8s/app.yaml:4)</title>',
    );
    expect(/<desc id="description">([^<]*)</.exec(svg)?.[1]).toBe(
      'notes-mcp: Kubernetes &quot;notes&quot; (k8s/app.yaml:4). SIGKILL comes 5 s before the drain ends. ' +
        'preStop 5 s (preStop at k8s/app.yaml:16:1); SIGTERM at 5 s (default of Kubernetes); ' +
        'drain 30 s (DRAIN_TIMEOUT_MS at k8s/app.yaml:13:1; used at src/index.ts:16:1); ' +
        'SIGKILL at 30 s (default of Kubernetes); overrun 5 s.',
    );
  });

  test('takes the colours of a theme, and has its own where there is none', () => {
    expect(svg).toContain('.t-drain { fill: var(--vscode-charts-blue, #1a6fb3); }');
    expect(svg).toMatch(/class="t-drain"[^>]* fill="#1a6fb3"/);
  });

  test('holds no markup of a name, and no character that XML does not know', () => {
    const text = svgDocument([hostile]);
    expect(text).not.toContain('<script');
    expect(text).not.toContain('<img');
    expect(text).not.toContain('\u0007');
    expect(text).toContain('&lt;script&gt;');
  });

  test('is one for any number of timelines, each below the other', () => {
    const both = svgDocument([tooShort, tooShort]);
    expect(both.match(/<g transform="translate\(0 \d+\)">/g)).toEqual([
      '<g transform="translate(0 0)">',
      expect.stringMatching(/translate\(0 [1-9]\d+\)/),
    ]);
    expect(new Set(both.match(/<pattern id="[^"]+"/g)).size).toBe(2);
    expect(svgDocument([])).toContain('<title id="title">Shutdown timelines</title>');
  });
});

describe('the page of the editor', () => {
  test('loads nothing, and runs no script but its own', () => {
    const page = timelinePage('abc123');
    expect(page).toContain(
      `content="default-src 'none'; style-src 'nonce-abc123'; script-src 'nonce-abc123'"`,
    );
    expect(page.match(/<(script|style)[^>]*>/g)).toEqual([
      '<style nonce="abc123">',
      '<script nonce="abc123">',
    ]);
    expect(page + timelineContent([tooShort])).not.toMatch(/ style=| on\w+=|https?:\/\/|url\((?!#)/);
  });

  test('has a table with the numbers beside each picture', () => {
    const html = timelineContent([tooShort]);
    const rows = [...html.matchAll(/<tr>.*?<\/tr>/g)].map(([row]) =>
      row.replace(/<[^>]*>/g, '|').replace(/\|+/g, '|'),
    );
    expect(rows).toEqual([
      '|Part|Time|Comes from|',
      '|preStop|5 s|preStop at |k8s/app.yaml:16:1|',
      '|SIGTERM|at 5 s|default of Kubernetes|',
      '|drain|30 s|DRAIN_TIMEOUT_MS at |k8s/app.yaml:13:1|; used at |src/index.ts:16:1|',
      '|SIGKILL|at 30 s|default of Kubernetes|',
      '|overrun|5 s|',
    ]);
    expect(html).toContain('<strong>too short:</strong> SIGKILL comes 5 s before the drain ends.');
  });

  test('numbers the places as the extension does', () => {
    const views = [tooShort, hostile];
    const shown = [...timelineContent(views).matchAll(/data-place="(\d+)">([^<]*)</g)];
    expect(shown.map(([, index]) => Number(index))).toEqual(shown.map((_, index) => index));
    expect(
      shown.map(([, , text]) => text?.split(':')[0]?.replace('&quot;', '"').replace('&lt;c&gt;', '<c>')),
    ).toEqual(placesIn(views).map(({ path }) => path));
  });

  test('holds no markup of a name', () => {
    const html = timelineContent([hostile]);
    expect(html).not.toContain('<script');
    expect(html).not.toContain('<img');
  });

  test('says so where there is no server', () => {
    expect(timelineContent([])).toContain('No MCP server was found');
  });

  test.each([
    [{ type: 'ready' }, { type: 'ready' }],
    [{ type: 'export', more: 1 }, { type: 'export' }],
    [
      { type: 'open', place: 2 },
      { type: 'open', place: 2 },
    ],
    [{ type: 'open', place: '2' }, undefined],
    [{ type: 'run' }, undefined],
    [null, undefined],
    ['export', undefined],
  ])('the message %j is read as %j', (value, expected) => {
    expect(readMessage(value)).toEqual(expected);
  });
});
