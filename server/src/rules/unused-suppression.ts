import { type UnusedData, unusedSuppressionId } from '../engine/suppressions.ts';
import type { Fix, Rule } from '../engine/types.ts';
import type { Directive } from '../languages/directives.ts';
import type { ProjectFile } from '../project/project.ts';
import type { TextEdit } from '../text/edits.ts';

/** Its reports come from the engine, which alone knows what a comment suppressed. */
export const unusedSuppression: Rule = {
  id: unusedSuppressionId,
  severity: 'information',
  docs: {
    summary: 'A suppression comment that suppresses nothing.',
    what: [
      'Reports `mcp-shutdown-disable-next-line` and `mcp-shutdown-disable-file` comments without effect: the rule',
      'has no finding there, no rule has that name, or the comment is of a form that does not exist.',
      '',
      'Nothing is said of a rule that is set to `off` or was not run, and nothing where a limit kept files from',
      'being read: there the comment may well be of use. A comment that also names `unused-suppression` is left',
      'alone.',
    ].join('\n'),
    why: [
      'A suppression that outlives its finding hides the next one: somebody rewrites the shutdown handler, drops',
      'the calls in flight again, and nothing is said. A misspelled one never worked in the first place.',
    ].join('\n'),
    fix: [
      'Removes the comment, or only the names that do nothing where it also names others. This is safe. Where a',
      'name or the form of the comment is unknown it may be a slip of the pen, or be meant for another version,',
      'so the fix is offered but never applied on its own.',
    ].join('\n'),
  },
  check() {},
  fixes(project, finding) {
    const data = finding.data as UnusedData;
    const file = project.files.get(finding.path);
    const directive = file && directiveAt(file.directives, data.comment);
    if (!directive) return [];
    return removal(file, directive, data);
  },
};

/** Searched by halves: the comments stand in the order of the text, and a file may hold thousands. */
function directiveAt(directives: readonly Directive[], start: number): Directive | undefined {
  let low = 0;
  let high = directives.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (directives[middle]!.range.start < start) low = middle + 1;
    else high = middle;
  }
  return directives[low]?.range.start === start ? directives[low] : undefined;
}

function removal(file: ProjectFile, directive: Directive, { kind, names }: UnusedData): Fix[] {
  const kept = directive.rules.filter(({ id }) => !names.includes(id));
  const isWhole = names.length === 0 || kept.length === 0;
  const edit = isWhole ? commentEdit(file, directive) : namesEdit(directive, kept);
  if (!edit) return [];
  return [
    {
      ruleId: unusedSuppressionId,
      title: isWhole ? 'Remove the suppression comment' : `Remove ${names.join(', ')} from the comment`,
      isSafe: kind === 'unused',
      isPreferred: true,
      edits: new Map([[file.path, [edit]]]),
    },
  ];
}

/** Without the comment, and without its line where it stands alone; a comment of several lines says more, and stays. */
function commentEdit({ text, lines }: ProjectFile, { range }: Directive): TextEdit | undefined {
  const { line } = lines.positionAt(range.start);
  if (lines.positionAt(range.end).line !== line) return undefined;
  const lineStart = lines.lineStart(line);
  const lineEnd = lineStart + lines.lineText(line).length;
  const before = text.slice(lineStart, range.start);
  if (before.trim() === '' && text.slice(range.end, lineEnd).trim() === '') {
    const next = line + 1 < lines.lineCount ? lines.lineStart(line + 1) : text.length;
    return { start: lineStart, end: next, newText: '' };
  }
  return { start: lineStart + before.trimEnd().length, end: range.end, newText: '' };
}

function namesEdit({ rules }: Directive, kept: Directive['rules']): TextEdit {
  return {
    start: rules[0]!.range.start,
    end: rules.at(-1)!.range.end,
    newText: kept.map(({ id }) => id).join(', '),
  };
}
