import { rulePage } from '../engine/rulePage.ts';
import type { Rule } from '../engine/types.ts';
import type { Environment } from './environment.ts';
import { type Paint, painter, severityFormats, wantsColor } from './terminal.ts';

/** `mcp-shutdown explain`: the page of a rule, or one line for each rule. */
export async function explainCommand(
  id: string | undefined,
  color: boolean | undefined,
  environment: Environment,
  rules: readonly Rule[],
): Promise<number> {
  const paint = painter(wantsColor(color, environment.variables, environment.isTTY));
  const rule = rules.find((each) => each.id === id);
  if (!rule) {
    environment.write(ruleList(rules, paint));
    return 0;
  }
  const page = (await environment.readPage(rule.id)) ?? rulePage(rule);
  environment.write(forTerminal(page, paint, Math.min(environment.columns ?? 100, 100)));
  return 0;
}

function ruleList(rules: readonly Rule[], paint: Paint): string {
  const idWidth = Math.max(...rules.map(({ id }) => id.length));
  return rules
    .map(({ id, severity, docs }) => {
      const level = paint(severityFormats[severity], severity.padEnd('information'.length));
      return `${id.padEnd(idWidth)}  ${level}  ${docs.summary}\n`;
    })
    .join('');
}

/** Markdown as a terminal shows it best: headings bold, code indented, paragraphs wrapped. */
function forTerminal(page: string, paint: Paint, width: number): string {
  const lines: string[] = [];
  let fence = '';
  let paragraph = '';
  const endParagraph = () => {
    if (paragraph !== '') lines.push(...wrapped(paragraph, width));
    paragraph = '';
  };
  for (const line of page.split('\n')) {
    const mark = /^`{3,}/.exec(line)?.[0];
    const heading = /^#+ (.*)/.exec(line)?.[1];
    if (fence !== '') {
      if (line === fence) fence = '';
      else lines.push(paint('cyan', `    ${line}`.trimEnd()));
      continue;
    }
    if (paragraph !== '' && isContinued(line)) {
      paragraph += ` ${line.trim()}`;
      continue;
    }
    endParagraph();
    if (mark !== undefined) fence = mark;
    else if (heading !== undefined) lines.push(paint('bold', heading));
    else if (line === '' || line.startsWith('|')) lines.push(line);
    else paragraph = line;
  }
  endParagraph();
  return `${lines.join('\n').trimEnd()}\n`;
}

/** Whether a line belongs to the paragraph above it, and does not begin something of its own. */
function isContinued(line: string): boolean {
  return line !== '' && !/^(`{3,}|#|\||\s*([-*]|\d+\.) )/.test(line);
}

/** A paragraph broken at blanks; the lines that follow are indented like the text of a list item. */
function wrapped(paragraph: string, width: number): string[] {
  const indent = ' '.repeat(/^\s*(([-*]|\d+\.) )?/.exec(paragraph)![0].length);
  const lines: string[] = [];
  let current = '';
  for (const word of paragraph.trimEnd().split(' ')) {
    if (current.trim() !== '' && current.length + 1 + word.length > width) {
      lines.push(current);
      current = indent + word;
    } else {
      current = current === '' ? word : `${current} ${word}`;
    }
  }
  return [...lines, current];
}
