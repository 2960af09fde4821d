import type { DataEntry, DataNode } from '../data.ts';
import { HclError, type Scanner } from './scanner.ts';

/** The value at the scanner's place. An operation, a call or a reference is null, with its range. */
export function readValue(scanner: Scanner): DataNode {
  scanner.skipBlanks();
  const start = scanner.at;
  const value = plainValue(scanner);
  if (value && isOver(scanner)) return value;
  scanner.at = start;
  skipExpression(scanner);
  const written = scanner.text.slice(start, scanner.at).trimEnd();
  if (written === '') throw new HclError(`value expected at ${start}`);
  scanner.at = start + written.length;
  return { kind: 'scalar', value: null, start, end: scanner.at };
}

function plainValue(scanner: Scanner): DataNode | undefined {
  const start = scanner.at;
  const scalar = (value: string | number | boolean | null): DataNode => ({
    kind: 'scalar',
    value,
    start,
    end: scanner.at,
  });
  if (scanner.sees('"')) return scalar(scanner.string());
  if (scanner.sees('<<')) return scalar(scanner.heredoc());
  if (scanner.takes('[')) return scanner.nested(() => listOf(scanner, start));
  if (scanner.takes('{')) return scanner.nested(() => objectOf(scanner, start));
  const number = scanner.match(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
  if (number !== '') return scalar(Number(number));
  const word = scanner.match(/(?:true|false|null)\b/y);
  return word === '' ? undefined : scalar(word === 'null' ? null : word === 'true');
}

/** Whether nothing follows that makes the value a part of a larger one. */
function isOver(scanner: Scanner): boolean {
  const { at } = scanner;
  scanner.skipBlanks();
  const isEnd = scanner.isAtEnd || scanner.match(/[\r\n,}\]#]|\/\//y) !== '';
  scanner.at = at;
  return isEnd;
}

function listOf(scanner: Scanner, start: number): DataNode | undefined {
  const items: DataNode[] = [];
  for (;;) {
    scanner.skipBlank();
    if (scanner.takes(']')) return { kind: 'list', items, start, end: scanner.at };
    // `[for x in y : ...]` gives what only an evaluation tells.
    if (scanner.match(/for\b/y) !== '') return undefined;
    items.push(readValue(scanner));
    scanner.skipBlank();
    if (!scanner.takes(',') && !scanner.sees(']')) throw new HclError(`comma expected at ${scanner.at}`);
  }
}

function objectOf(scanner: Scanner, start: number): DataNode | undefined {
  const entries: DataEntry[] = [];
  for (;;) {
    scanner.skipBlank();
    if (scanner.takes('}')) return { kind: 'map', entries, isFlow: true, start, end: scanner.at };
    if (scanner.match(/for\b|\(/y) !== '') return undefined;
    const keyStart = scanner.at;
    const key = scanner.sees('"') ? scanner.string() : scanner.word();
    const keyRange = { start: keyStart, end: scanner.at };
    scanner.skipBlanks();
    if (!scanner.takes('=')) scanner.expect(':');
    entries.push({ key, keyRange, value: readValue(scanner), isMerged: false });
    scanner.skipBlanks();
    scanner.takes(',');
  }
}

/** Goes behind an expression, whatever it is: to the end of its line, or of the brackets that it stands in. */
function skipExpression(scanner: Scanner): void {
  const open: string[] = [];
  for (;;) {
    scanner.match(open.length > 0 ? /[^"[\](){}<#/]+/y : /[^"[\](){}<#/,\r\n]+/y);
    if (scanner.isAtEnd) break;
    if (scanner.sees('"')) scanner.string();
    else if (/<<-?[\w-]+[ \t]*\r?\n/y.test(scanner.text.slice(scanner.at, scanner.at + 100)))
      scanner.heredoc();
    else if (scanner.sees('#') || scanner.sees('//') || scanner.sees('/*')) {
      if (open.length === 0) return;
      const before = scanner.at;
      scanner.skipBlank();
      if (scanner.at === before) throw new HclError('open comment');
    } else {
      const bracket = scanner.text[scanner.at]!;
      if ('[({'.includes(bracket)) open.push(bracket);
      else if ('])}'.includes(bracket) && open.pop() === undefined) return;
      else if (open.length === 0 && /[,\r\n]/.test(bracket)) return;
      scanner.at += 1;
    }
  }
  if (open.length > 0) throw new HclError('open bracket');
}
