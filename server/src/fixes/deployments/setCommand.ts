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
    const asRead = (word: string) => escapedFor(platform, word);
    const escaped = words.map(asRead);
    if (!escaped.every((word) => word !== undefined)) {
      return { problem: 'the platform would fill in a part of it' };
    }
    const parts = [entrypoint, command].flatMap((part): AsWritten[] =>
      part ? [{ ...part, words: (part.words ?? []).map((word) => asRead(word) ?? '') }] : [],
    );
    const shared = shares(parts, escaped);
    if (!shared) return { problem: 'its words are spread over two keys' };
    const edits: TextEdit[] = [];
    for (const [index, part] of parts.entries()) {
      const text = project.files.get(part.at.path)?.text;
      const isHere = part.at.path === parts[0]?.at.path;
      const own =
        text !== undefined && isHere
          ? written(text, part, shared[index]!, /^(fly|nomad)$/.test(platform))
          : undefined;
      if (!own) return { problem: 'it stands in two files' };
      if ('problem' in own) return own;
      edits.push(...own);
    }
    return { result: words.map(quoted).join(' '), isSafe, edits };
  };
}

/** A command with its words as the platform reads them back. */
type AsWritten = CommandWords & { readonly words: readonly string[] };

/** A word as the platform reads it back. */
function escapedFor(platform: PlatformId, word: string): string | undefined {
  if (platform === 'compose') return word.replaceAll('$', '$$$$');
  return platform === 'kubernetes' && word.includes('$(') ? undefined : word;
}

/** What of the new words stands in each key: one that stays as it is, else the program in the first, the rest behind. */
function shares(parts: readonly AsWritten[], words: readonly string[]): string[][] | undefined {
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
  { words: before, at: { range }, wordRanges }: AsWritten,
  words: readonly string[],
  needsQuotes: boolean,
): TextEdit[] | Unresolved {
  const old = text.slice(range.start, range.end);
  if (before.join('\0') === words.join('\0')) return [];
  const isAsItReads = wordRanges?.every(
    ({ start, end }, index) => contentOf(text.slice(start, end)) === before[index],
  );
  if (!isAsItReads && /[$`]|\{\{/.test(old)) return { problem: 'a variable stands in it' };
  if (!wordRanges) return asText(old, range, words, needsQuotes);
  const [first] = wordRanges;
  const last = wordRanges.at(-1);
  if (!first || !last) return { problem: 'the list that it stands in is empty' };
  if (words.length === wordRanges.length) return wordByWord(text, wordRanges, before, words);
  const quote = quoteOf(text.slice(first.start, first.end));
  const items = words.map((word) => itemText(word, quote));
  const inside = text.slice(first.start, last.end);
  if (inside.includes('#')) return { problem: commentBetween };
  const between = old.startsWith('[') ? ', ' : blockSeparator(text, wordRanges);
  if (between === undefined) return { problem: 'the list that it stands in has an unusual form' };
  return [{ start: first.start, end: last.end, newText: items.join(between) }];
}

/** Only the words that are new, each in the quotes of the one before. */
function wordByWord(
  text: string,
  ranges: readonly Range[],
  before: readonly string[],
  words: readonly string[],
): TextEdit[] | Unresolved {
  const changed = ranges.flatMap((range, index) => {
    const old = text.slice(range.start, range.end);
    const word = words[index]!;
    return word === before[index] ? [] : [{ old, edit: { ...range, newText: itemText(word, quoteOf(old)) } }];
  });
  if (changed.some(({ old }) => /^[|>]|[\r\n]/.test(old))) return { problem: severalLines };
  return changed.map(({ edit }) => edit);
}

/** What stands between the items of a list of lines: the line's end, its indentation and the dash. */
function blockSeparator(text: string, [first, second]: readonly Range[]): string | undefined {
  const lineStart = text.lastIndexOf('\n', (first?.start ?? 0) - 1) + 1;
  const indentation = text.slice(lineStart, first?.start);
  const ending = text.slice(0, lineStart).endsWith('\r\n') ? '\r\n' : '\n';
  const between = second ? text.slice(first?.end, second.start) : `${ending}${indentation}`;
  return /^\r?\n[ \t]*-[ \t]+$/.test(between) ? between : undefined;
}

const severalLines = 'it stands on several lines';

/** One text; a list where its words need quotes of their own. */
function asText(
  old: string,
  range: Range,
  words: readonly string[],
  needsQuotes: boolean,
): TextEdit[] | Unresolved {
  const quote = quoteOf(old);
  const isPlain = words.every((word) => /^[\w@%+=:,./-]+$/.test(word));
  const newText = words.join(' ');
  if (/^[|>]/.test(old) || /[\r\n]/.test(old)) return { problem: severalLines };
  if (isPlain) return [{ ...range, newText: itemText(newText, quote) }];
  return needsQuotes ? { problem: 'its words need quotes' } : [{ ...range, newText: arrayText(words) }];
}

function contentOf(text: string): string {
  return /^(["'])(.*)\1$/.exec(text)?.[2] ?? text;
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
