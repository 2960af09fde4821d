import type { ProjectFile } from '../project/project.ts';
import { insertAt, type TextEdit } from '../text/edits.ts';
import { extname } from '../text/paths.ts';

/** Stands where the person is to say why; a reason is asked for by the form of the comment. */
const placeholder = 'reason';

/**
 * Adds the comment that suppresses a rule on the line of `offset`, above that line and indented like it; a
 * comment that speaks of the line already gets the rule's name added. Where the line is a part of something
 * that cannot hold a comment, the comment stands above the first line of that.
 * `undefined` for a language without comments.
 */
export async function disableForLine(
  file: ProjectFile,
  offset: number,
  ruleId: string,
): Promise<TextEdit | undefined> {
  const marker = markerOf(file);
  if (!marker) return undefined;
  const start = await lineForComment(file, offset);
  const lineOf = (at: number) => file.lines.positionAt(at).line;
  const spokenOf = [lineOf(start), lineOf(offset)];
  const existing = file.directives.find(
    ({ scope, target }) => scope === 'next-line' && spokenOf.includes(lineOf(target)),
  );
  if (existing) return withName(existing, ruleId);
  const indent = /^[ \t]*/.exec(file.lines.lineText(lineOf(start)).replace(byteOrderMark, ''))?.[0] ?? '';
  const comment = `${indent}${marker} mcp-shutdown-disable-next-line ${ruleId} -- ${placeholder}`;
  return insertAt(Math.max(start, textStart(file.text)), comment + lineEnding(file.text));
}

/**
 * Adds the comment that suppresses a rule in the whole file: on top, but behind what must or should stand
 * first (a shebang, parser directives, a licence, `'use strict'`). `undefined` as above.
 */
export function disableForFile(file: ProjectFile, ruleId: string): TextEdit | undefined {
  const marker = markerOf(file);
  if (!marker) return undefined;
  const existing = file.directives.find(({ scope, rules }) => scope === 'file' && rules.length > 0);
  if (existing) return withName(existing, ruleId);
  const { text } = file;
  const end = headerEnd(text, marker);
  const isLineStart = end === textStart(text) || /[\r\n]/.test(text[end - 1] ?? '');
  const before = isLineStart ? '' : lineEnding(text);
  const comment = `${before}${marker} mcp-shutdown-disable-file ${ruleId} -- ${placeholder}`;
  return insertAt(end, comment + lineEnding(text));
}

const byteOrderMark = /^\uFEFF/;

function textStart(text: string): number {
  return byteOrderMark.test(text) ? 1 : 0;
}

/** Names one more rule in a comment. One that names none speaks of all: there is nothing to add. */
function withName({ rules }: ProjectFile['directives'][number], ruleId: string): TextEdit | undefined {
  const last = rules.at(-1);
  return last && insertAt(last.range.end, `, ${ruleId}`);
}

/** What begins a comment in the file's language; `undefined` where there are none (JSON). */
function markerOf({ path, facts }: ProjectFile): '//' | '#' | undefined {
  if (facts.language === 'source') return '//';
  if (facts.language === 'dockerfile') return '#';
  const hasHash =
    /^\.(ya?ml|toml|sh|hcl|nomad|mk|service)$/i.test(extname(path)) ||
    /(^|\/)((GNU)?makefile|Procfile)$/i.test(path);
  return hasHash ? '#' : undefined;
}

/** The parsers are loaded when they are needed: a person rarely asks for this. */
async function lineForComment({ path, text, lines, facts }: ProjectFile, offset: number): Promise<number> {
  if (facts.language === 'source') {
    return (await import('../languages/source/commentPlace.ts')).lineForComment(path, text, offset);
  }
  let at = offset;
  if (facts.language === 'dockerfile') {
    const { splitInstructions } = await import('../languages/dockerfile/instructions.ts');
    const before = splitInstructions(text).instructions.filter(
      ({ keywordRange }) => keywordRange.start <= at,
    );
    at = before.at(-1)?.keywordRange.start ?? at;
  }
  return lines.lineStart(lines.positionAt(at).line);
}

/** The file's own line ending: that of its first line. */
function lineEnding(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}

const licence = /licen[cs]e|copyright|©|spdx|all rights reserved|^\/\*!/i;

/** What may stand above the comment: each with the line ending behind it. */
const headers = {
  '//': [
    { pattern: /#!.*/y },
    { pattern: /\/\*[\s\S]*?\*\/[ \t]*/y, needs: licence },
    { pattern: /\/\/.*(\s*\/\/.*)*/y, needs: licence },
    { pattern: /(['"])use [\w ]+\1[ \t]*;?[ \t]*(\/\/.*)?/y },
  ],
  '#': [
    { pattern: /#!.*/y },
    { pattern: /#\s*(syntax|escape|check)\s*=.*/iy },
    { pattern: /#.*(\s*\n[ \t]*#.*)*/y, needs: licence },
  ],
};

function headerEnd(text: string, marker: keyof typeof headers): number {
  let end = textStart(text);
  for (let next: number | undefined = end; next !== undefined; next = headerPart(text, end, marker))
    end = next;
  return end;
}

/** The end of the header's next part, the line ending included, or `undefined` when the header ends at `from`. */
function headerPart(text: string, from: number, marker: keyof typeof headers): number | undefined {
  const start = from + (/^\s*/.exec(text.slice(from))?.[0].length ?? 0);
  for (const { pattern, needs } of headers[marker]) {
    pattern.lastIndex = start;
    const part = pattern.exec(text)?.[0];
    if (part === undefined || (needs && !needs.test(part))) continue;
    const ending = /^(\r\n|\n|\r)?/.exec(text.slice(start + part.length))?.[0] ?? '';
    return start + part.length + ending.length;
  }
  return undefined;
}
