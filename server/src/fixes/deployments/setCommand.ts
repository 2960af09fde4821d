import type { CommandWords } from '../../project/deployments/deployment.ts';
import type { PlatformId } from '../../project/deployments/platforms.ts';
import type { LinkedDeployment, Project } from '../../project/project.ts';
import type { TextEdit } from '../../text/edits.ts';
import type { Range } from '../../text/range.ts';
import { arrayText } from '../dockerfile/arrayText.ts';
import { quoted, type Unresolved } from '../dockerfile/manager/resolve.ts';
import { commentBetween, type WriteCommand } from '../dockerfile/manager/rewrite.ts';

/** Writes a command into the file of a deployment, in the form, the quotes and the places that it has there. */
export function intoDeployment(
  project: Project,
  { image: { entrypoint, command }, platform }: LinkedDeployment,
): WriteCommand {
  return (_, { words, isSafe }) => {
    const escaped = words.map((word) => escapedFor(platform, word));
    if (!escaped.every((word) => word !== undefined)) {
      return { problem: 'the platform would fill in a part of it' };
    }
    const parts = [entrypoint, command].flatMap((part) => part ?? []);
    const shared = shares(parts, escaped);
    if (!shared) return { problem: 'its words are spread over two keys' };
    const edits: TextEdit[] = [];
    for (const [index, part] of parts.entries()) {
      const text = project.files.get(part.at.path)?.text;
      const isHere = part.at.path === parts[0]?.at.path;
      const own =
        text !== undefined && isHere ? written(text, part, shared[index]!, platform === 'fly') : undefined;
      if (!own) return { problem: 'it stands in two files' };
      if ('problem' in own) return own;
      edits.push(...own);
    }
    return { result: words.map(quoted).join(' '), isSafe, edits };
  };
}

/** A word as the platform reads it back. */
function escapedFor(platform: PlatformId, word: string): string | undefined {
  if (platform === 'compose') return word.replaceAll('$', '$$$$');
  return platform === 'kubernetes' && word.includes('$(') ? undefined : word;
}

/** What of the new words stands in each key: one that stays as it is, else the program in the first, the rest behind. */
function shares(parts: readonly CommandWords[], words: readonly string[]): string[][] | undefined {
  const [first, second] = parts;
  if (!second) return [[...words]];
  const kept = first?.words ?? [];
  if (kept.length < words.length && kept.every((word, index) => word === words[index])) {
    return [[...kept], words.slice(kept.length)];
  }
  return words.length > 1 ? [words.slice(0, 1), words.slice(1)] : undefined;
}

function written(
  text: string,
  { words: before = [], at: { range }, wordRanges }: CommandWords,
  words: readonly string[],
  isToml: boolean,
): TextEdit[] | Unresolved {
  const old = text.slice(range.start, range.end);
  if (before.join('\0') === words.join('\0')) return [];
  if (/[$`]|\{\{/.test(old)) return { problem: 'a variable stands in it' };
  if (!wordRanges) return asText(old, range, words, isToml);
  const [first] = wordRanges;
  const last = wordRanges.at(-1);
  if (!first || !last) return { problem: 'the list that it stands in is empty' };
  const quote = quoteOf(text.slice(first.start, first.end));
  const items = words.map((word) => itemText(word, quote));
  if (items.length === wordRanges.length) {
    return items.map((newText, index) => ({ ...wordRanges[index]!, newText }));
  }
  const inside = text.slice(first.start, last.end);
  if (inside.includes('#')) return { problem: commentBetween };
  const between = old.startsWith('[') ? ', ' : blockSeparator(text, wordRanges);
  if (between === undefined) return { problem: 'the list that it stands in has an unusual form' };
  return [{ start: first.start, end: last.end, newText: items.join(between) }];
}

/** What stands between the items of a list of lines: the line's end, its indentation and the dash. */
function blockSeparator(text: string, [first, second]: readonly Range[]): string | undefined {
  const lineStart = text.lastIndexOf('\n', (first?.start ?? 0) - 1) + 1;
  const indentation = text.slice(lineStart, first?.start);
  const ending = text.slice(0, lineStart).endsWith('\r\n') ? '\r\n' : '\n';
  const between = second ? text.slice(first?.end, second.start) : `${ending}${indentation}`;
  return /^\r?\n[ \t]*-[ \t]+$/.test(between) ? between : undefined;
}

/** One text; a list where its words need quotes of their own. */
function asText(
  old: string,
  range: Range,
  words: readonly string[],
  isToml: boolean,
): TextEdit[] | Unresolved {
  const quote = quoteOf(old);
  const isPlain = words.every((word) => /^[\w@%+=:,./-]+$/.test(word));
  const newText = words.join(' ');
  if (/^[|>]/.test(old) || /[\r\n]/.test(old)) return { problem: 'it stands on several lines' };
  if (isPlain) return [{ ...range, newText: itemText(newText, quote) }];
  return isToml ? { problem: 'its words need quotes' } : [{ ...range, newText: arrayText(words) }];
}

function quoteOf(text: string): string {
  return /^["']/.exec(text)?.[0] ?? '';
}

/** A value in the quotes of the one before, or in those that it needs. */
function itemText(value: string, quote: string): string {
  const isPlain =
    /^[\w./][\w@%+=./ -]*$/.test(value) && !/^(true|false|yes|no|on|off|null|[\d.]+)$/i.test(value);
  if (quote === '' && isPlain) return value;
  return quote === "'" && !value.includes("'") ? `'${value}'` : JSON.stringify(value);
}
