import {
  type ArrayDefect,
  type ArrayElement,
  type BrokenArray,
  readBrokenArray,
} from '../../languages/dockerfile/brokenArray.ts';
import type { Command } from '../../languages/dockerfile/facts.ts';
import { parseShellCommand } from '../../languages/shell/parse.ts';
import { isShellName } from '../../languages/shell/programs.ts';
import type { TextEdit } from '../../text/edits.ts';
import { arrayText } from './arrayText.ts';
import { argumentEdits, commentAbove } from './layout.ts';
import type { Rewrite } from './rewrite.ts';

/** Defects after which it is not certain what was meant: a person has to look. */
const doubtful: readonly ArrayDefect[] = ['nested', 'missing-quote', 'bad-escape', 'text-behind'];

/** Makes JSON of an array that was meant as one; `undefined` where what was meant cannot be told. */
export function repairArray(fileText: string, command: Command): Rewrite | undefined {
  const { argument, keyword, range } = command;
  const broken = readBrokenArray(argument.text);
  const strings = broken && meantStrings(broken);
  if (!broken || !strings) return undefined;
  const array = arrayText(strings);
  const edits = argumentEdits(fileText, command, pieceByPiece(argument.text, broken), array);
  if (!edits) return undefined;
  const moved = broken.behind.startsWith('#') ? [commentAbove(fileText, range, broken.behind)] : [];
  const result = `${fileText.slice(keyword.start, keyword.end)} ${array}`;
  const isTakenApart = strings.length !== broken.elements.length;
  return { result, isSafe: isCertain(broken) && !isTakenApart, edits: [...moved, ...edits] };
}

function isCertain({ defects }: BrokenArray): boolean {
  if (defects.has('bare-words') && defects.has('missing-comma')) return false;
  return !doubtful.some((defect) => defects.has(defect));
}

/** The strings of the array; a single one that holds a whole command line is taken apart as a shell would. */
function meantStrings({ isReadable, elements, behind }: BrokenArray): readonly string[] | undefined {
  if (!isReadable || !/^([;,]|#.*)?$/s.test(behind)) return undefined;
  const strings = elements.map(({ value }) => value);
  const [first] = strings;
  if (first === undefined) return undefined;
  const isShell = isShellName(first);
  if (!isShell && strings.some((string) => /[$`]/.test(string))) return undefined;
  return strings.length === 1 && /\s/.test(first) ? wordsIn(first) : strings;
}

function wordsIn(commandLine: string): readonly string[] | undefined {
  const { list, isBroken } = parseShellCommand(commandLine);
  const command = list.items.length === 1 ? list.items[0]!.command : undefined;
  if (isBroken || command?.kind !== 'simple' || command.assignments.length > 0 || command.hasRedirections) {
    return undefined;
  }
  const words = command.words.map(({ value }) => value);
  return words.every((word) => word !== undefined) ? words : undefined;
}

/** Mends quotes, commas and brackets where they stand, so that lines and comments stay. */
function pieceByPiece(text: string, { elements, close }: BrokenArray): TextEdit[] {
  const open = text.startsWith('[') ? '' : '[';
  const strings = elements.map(({ start, end, value }, index) => {
    const isLast = index === elements.length - 1;
    const after = isLast
      ? close === undefined
        ? ']'
        : ''
      : hasComma(text, end, elements[index + 1]!)
        ? ''
        : ',';
    return { start, end, newText: `${index === 0 ? open : ''}${JSON.stringify(value)}${after}` };
  });
  const behind =
    close === undefined || close + 1 === text.length ? [] : [{ start: close + 1, end: text.length }];
  const dropped = [...needlessCommas(text, elements, close), ...behind];
  return [...strings, ...dropped.map((range) => ({ ...range, newText: '' }))];
}

function hasComma(text: string, from: number, next: ArrayElement): boolean {
  return text.slice(from, next.start).includes(',');
}

/** All commas outside the strings but the first between two of them. */
function needlessCommas(text: string, elements: readonly ArrayElement[], close = text.length) {
  const gaps = [0, ...elements.map(({ end }) => end)].map((start, index) => ({
    start,
    end: elements[index]?.start ?? close,
    kept: index > 0 && index < elements.length ? 1 : 0,
  }));
  return gaps.flatMap(({ start, end, kept }) =>
    [...text.slice(start, end).matchAll(/,/g)]
      .slice(kept)
      .map(({ index }) => ({ start: start + index, end: start + index + 1 })),
  );
}
