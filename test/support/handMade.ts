import type { Finding, Fix, Report, Rule } from '../../server/src/engine/types.ts';
import { type Directive, parseDirective } from '../../server/src/languages/directives.ts';
import type { Project, ProjectFile } from '../../server/src/project/project.ts';
import { LineMap } from '../../server/src/text/lineMap.ts';
import { basename } from '../../server/src/text/paths.ts';

/** A project made by hand, for tests of what stands above it: texts by path, no servers, root `/repo`. */
export function projectOf(texts: Record<string, string>, extra: Partial<Project> = {}): Project {
  const files = new Map(Object.entries(texts).map(([path, text]) => [path, fileOf(path, text)]));
  return {
    roots: ['/repo'],
    files,
    servers: [],
    dockerfiles: [],
    deployments: [],
    isMcpWorkspace: true,
    limits: [],
    shutdownOptions: () => ({}),
    landmarksIn: () => [],
    ...extra,
  };
}

function fileOf(path: string, text: string): ProjectFile {
  const lines = new LineMap(text);
  const facts =
    basename(path) === 'package.json'
      ? ({ language: 'package', package: {} } as unknown as ProjectFile['facts'])
      : ({ language: 'other' } as const);
  return { path, text, lines, directives: directivesIn(text, lines), facts };
}

function directivesIn(text: string, lines: LineMap): Directive[] {
  return [...text.matchAll(/(\/\/|#).*|\/\*[\s\S]*?\*\//g)].flatMap((comment) => {
    const directive = parseDirective(comment[0], comment.index);
    if (!directive) return [];
    let line = lines.positionAt(directive.range.end).line + 1;
    while (line < lines.lineCount && /^\s*((\/\/|#).*)?$/.test(lines.lineText(line))) line += 1;
    return [{ ...directive, target: line < lines.lineCount ? lines.lineStart(line) : text.length }];
  });
}

/** A rule that reports every place of a word. */
export function wordRule(
  id: string,
  word: string,
  more: Partial<Rule> & { report?: Partial<Report> } = {},
): Rule {
  return {
    id,
    severity: 'warning',
    docs: { summary: `The word ${word}.`, what: 'It.', why: 'Because.', fix: 'None.' },
    check({ project, report }) {
      for (const { path, text } of project.files.values()) {
        for (const { index } of text.matchAll(new RegExp(`\\b${word}\\(`, 'g'))) {
          report({ path, range: { start: index, end: index + word.length }, message: word, ...more.report });
        }
      }
    },
    ...more,
  };
}

/** A rule whose fix replaces `word` and the `reach` characters behind it. */
export function replacing(word: string, newText: string, reach = 0, fix: Partial<Fix> = {}): Rule {
  return wordRule(`${word}-word`, word, {
    fixes: (_, { path, range, ruleId }) => [
      {
        ruleId,
        title: `Write ${newText}`,
        isSafe: true,
        isPreferred: true,
        edits: new Map([[path, [{ start: range.start, end: range.end + reach, newText }]]]),
        ...fix,
      },
    ],
  });
}

/** A finding as one line: `path:line severity rule message`. */
export function asLine(project: Project, { path, range, severity, ruleId, message }: Finding): string {
  const line = (project.files.get(path)?.lines.positionAt(range.start).line ?? -1) + 1;
  return `${path}:${line} ${severity} ${ruleId} ${message}`;
}
