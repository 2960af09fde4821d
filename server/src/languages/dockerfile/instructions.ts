import type { Range } from '../../text/range.ts';
import type { JoinedText } from './facts.ts';
import { joinLines } from './joined.ts';
import { wordsOf } from './variables.ts';

/** One instruction as it stands in the file. */
export interface Instruction {
  /** In upper case. */
  readonly keyword: string;
  readonly keywordRange: Range;
  /** What follows the keyword, its lines joined. */
  readonly argument: JoinedText;
  /** The lines of its heredocs, where it has any. */
  readonly heredocs?: Range;
}

export interface Instructions {
  readonly escapeCharacter: '\\' | '`';
  readonly instructions: readonly Instruction[];
}

/**
 * Splits a Dockerfile into its instructions, line by line as BuildKit's parser does. (The parser libraries for
 * editors take an escaped backslash or blank at a line's end for something else than BuildKit does, and an edit
 * made from that would break the file.)
 */
export function splitInstructions(text: string): Instructions {
  const escapeCharacter = escapeDirective(text);
  const instructions: Instruction[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    const keywordRange = keywordAt(text, at, escapeCharacter);
    if (!keywordRange) {
      at = nextLine(text, at);
      continue;
    }
    const keyword = text.slice(keywordRange.start, keywordRange.end).toUpperCase();
    const { joined, next } = joinLines(text, { start: keywordRange.end, end: text.length }, escapeCharacter);
    const end = endOfHeredocs(text, next, heredocNames(keyword, joined.text));
    const heredocs = end > next ? { heredocs: { start: next, end } } : {};
    instructions.push({ keyword, keywordRange, argument: joined, ...heredocs });
    at = end;
  }
  return { escapeCharacter, instructions };
}

/** The character that the `escape` directive names; directives stand before everything else. */
function escapeDirective(text: string): '\\' | '`' {
  for (const line of text.replace(/^\uFEFF/, '').split('\n', 10)) {
    const directive = /^\s*#\s*(syntax|check|escape)\s*=\s*(\S.*?)\s*$/i.exec(line);
    if (!directive) break;
    if (directive[1]!.toLowerCase() === 'escape') return directive[2] === '`' ? '`' : '\\';
  }
  return '\\';
}

/** The word that a line starts with, unless the line is blank or a comment; empty where it is no keyword. */
function keywordAt(text: string, lineStart: number, escapeCharacter: string): Range | undefined {
  const pattern = /[^\S\n]*(?!\s|#|$)([A-Za-z]*)/y;
  pattern.lastIndex = lineStart;
  const match = pattern.exec(text);
  if (!match) return undefined;
  const end = pattern.lastIndex;
  const isWord = end === text.length || /\s/.test(text[end]!) || text[end] === escapeCharacter;
  return { start: isWord ? end - match[1]!.length : end, end };
}

function nextLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

/** The delimiters of the heredocs of a line, in order; `-` in front where leading tabs do not count. */
function heredocNames(keyword: string, argument: string): readonly string[] {
  const instruction = keyword === 'ONBUILD' ? (/^\w+/.exec(argument)?.[0].toUpperCase() ?? '') : keyword;
  if (!/^(RUN|COPY|ADD)$/.test(instruction) || !argument.includes('<<')) return [];
  return wordsOf(argument).flatMap((word) => {
    const heredoc = /^\d*<<(-?)([^<]+)$/.exec(word);
    return heredoc ? [`${heredoc[1]}${heredoc[2]!.replace(/["']/g, '')}`] : [];
  });
}

/** Where the line behind the last heredoc's delimiter starts; an open heredoc takes the rest of the file. */
function endOfHeredocs(text: string, from: number, names: readonly string[]): number {
  let at = from;
  for (const name of names) {
    const isIndented = name.startsWith('-');
    for (let isOpen = true; isOpen && at < text.length; at = nextLine(text, at)) {
      const line = text.slice(at, nextLine(text, at)).replace(/[\r\n]+$/, '');
      isOpen = (isIndented ? line.replace(/^\t+/, '') : line) !== (isIndented ? name.slice(1) : name);
    }
  }
  return at;
}
