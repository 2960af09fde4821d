import type { SegmentKind } from './timeline.ts';

interface Colour {
  /** The editor's colour of that meaning. */
  readonly variable: string;
  /** Where no editor gives one: on white. */
  readonly fallback: string;
  readonly isHatched: boolean;
}

export const colours: Readonly<Record<SegmentKind, Colour>> = {
  stdin: { variable: '--vscode-charts-purple', fallback: '#652d90', isHatched: false },
  preStop: { variable: '--vscode-charts-purple', fallback: '#652d90', isHatched: false },
  drain: { variable: '--vscode-charts-blue', fallback: '#1a6fb3', isHatched: false },
  shutdown: { variable: '--vscode-charts-blue', fallback: '#1a6fb3', isHatched: false },
  cleanup: { variable: '--vscode-charts-yellow', fallback: '#bf8803', isHatched: false },
  hang: { variable: '--vscode-charts-orange', fallback: '#d18616', isHatched: true },
  unknown: { variable: '--vscode-disabledForeground', fallback: '#9a9a9a', isHatched: true },
  slack: { variable: '--vscode-charts-green', fallback: '#388a34', isHatched: false },
  overrun: { variable: '--vscode-charts-red', fallback: '#e51400', isHatched: true },
};

export const killColour = '#c72e0f';

const text = 'var(--vscode-foreground, #1f1f1f)';
const background = 'var(--vscode-editor-background, #ffffff)';

/** The theme's colours for the classes of the pictures; a reader that knows no variables takes the attributes. */
export const svgStyle = [
  ...Object.entries(colours).map(
    ([kind, { variable, fallback }]) => `.t-${kind} { fill: var(${variable}, ${fallback}); }`,
  ),
  // High contrast themes part areas by lines.
  `${Object.keys(colours)
    .map((kind) => `.t-${kind}`)
    .join(', ')} { stroke: var(--vscode-contrastBorder, none); }`,
  `.t-background { fill: ${background}; }`,
  `.t-text, .t-mark { fill: ${text}; }`,
  '.t-title { font-weight: 600; }',
  '.t-quiet { fill-opacity: 0.8; }',
  `.t-kill { fill: var(--vscode-errorForeground, ${killColour}); }`,
  `.t-hatch { stroke: ${background}; }`,
].join('\n');

/** The pattern for what is hatched. */
export function hatch(id: string): string {
  return `<defs><pattern id="hatch-${id}" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="t-hatch" x1="0" y1="0" x2="0" y2="8" stroke="#ffffff" stroke-width="4"/></pattern></defs>`;
}
