import type { Range } from '../../text/range.ts';
import type { DataEntry, DataMap } from '../data.ts';
import type { Directive } from '../directives.ts';
import { hashDirectives } from '../hashComments.ts';
import { HclError, Scanner } from './scanner.ts';
import { readValue } from './values.ts';

/** What an HCL file holds (a Nomad job, a bake file); no `root` where it is broken. */
export interface HclFacts {
  /**
   * A block lies under its type and its labels, as in HCL's JSON form: `task "x" { ... }` under `task`, `x`. Blocks that
   * are written several times give an entry each.
   */
  readonly root: DataMap | undefined;
  /** Values that span lines: what looks like a comment in them is text. */
  readonly multiLine: readonly Range[];
}

/** In characters. */
const maxLength = 300_000;

/** Reads an HCL text. Never throws. Values that only an evaluation could tell are null. */
export function parseHcl(text: string): HclFacts {
  if (text.length > maxLength) return broken;
  const scanner = new Scanner(text);
  try {
    const root = bodyOf(scanner, scanner.at);
    return scanner.isAtEnd ? { root, multiLine: scanner.multiLine } : broken;
  } catch (error) {
    if (error instanceof HclError) return broken;
    throw error;
  }
}

const broken: HclFacts = { root: undefined, multiLine: [] };

/** Attributes and blocks up to a closing brace, or the end of the text. */
function bodyOf(scanner: Scanner, start: number): DataMap {
  const entries: DataEntry[] = [];
  for (;;) {
    scanner.skipBlank();
    if (scanner.isAtEnd || scanner.sees('}')) break;
    entries.push(entryOf(scanner));
    scanner.expectLineEnd();
  }
  return { kind: 'map', entries, isFlow: false, start, end: scanner.at };
}

function entryOf(scanner: Scanner): DataEntry {
  const key = nameOf(scanner);
  scanner.skipBlanks();
  if (scanner.takes('=')) return entry(key, readValue(scanner));
  return entry(key, blockOf(scanner));
}

/** The labels of a block, each a map around what follows, and its body. */
function blockOf(scanner: Scanner): DataMap {
  scanner.skipBlanks();
  const { at } = scanner;
  if (scanner.takes('{')) {
    const body = scanner.nested(() => bodyOf(scanner, at));
    scanner.expect('}');
    return { ...body, end: scanner.at };
  }
  const label = nameOf(scanner);
  const inner = scanner.nested(() => blockOf(scanner));
  return { kind: 'map', entries: [entry(label, inner)], isFlow: false, start: at, end: inner.end };
}

interface Name {
  readonly text: string;
  readonly range: Range;
}

function entry({ text, range }: Name, value: DataEntry['value']): DataEntry {
  return { key: text, keyRange: range, value, isMerged: false };
}

/** A bare word or a text in quotes. */
function nameOf(scanner: Scanner): Name {
  const start = scanner.at;
  const text = scanner.sees('"') ? scanner.string() : scanner.word();
  return { text, range: { start, end: scanner.at } };
}

/** The suppression comments of an HCL text. */
export function hclDirectives(text: string, { multiLine }: HclFacts): readonly Directive[] {
  return hashDirectives(text, multiLine);
}
