import { type AST, parseTOML } from 'toml-eslint-parser';
import type { DataEntry, DataMap, DataNode } from '../data.ts';
import type { Directive } from '../directives.ts';
import { hashDirectives } from '../hashComments.ts';

/** What a TOML file holds; no `root` where it is broken. */
export interface TomlFacts {
  readonly root: DataMap | undefined;
  /** Behind the last key that stands before all tables: another one may follow there; 0 where there is none. */
  readonly rootKeysEnd: number;
}

/** In characters. */
const maxLength = 300_000;

/** Reads a TOML text. The only place that knows the parser library, which throws at the first error. */
export function parseToml(text: string): TomlFacts {
  if (text.length > maxLength) return broken;
  let program: AST.TOMLProgram;
  try {
    program = parseTOML(text);
  } catch {
    return broken;
  }
  const [top] = program.body;
  const root = new Table(0, text.length);
  for (const item of top.body) {
    if (item.type === 'TOMLKeyValue') root.add(item);
    else tableAt(root, item).addAll(item.body);
  }
  const keys = top.body.filter(({ type }) => type === 'TOMLKeyValue');
  return { root: root.data(), rootKeysEnd: keys.at(-1)?.range[1] ?? 0 };
}

const broken: TomlFacts = { root: undefined, rootKeysEnd: 0 };

type Key = AST.TOMLKey['keys'][number];

/** A table that is put together from several places of the text. */
class Table {
  private readonly entries = new Map<string, { key: Key; value: DataNode | Table | Table[] }>();

  constructor(
    readonly start: number,
    readonly end: number,
  ) {}

  add({ key, value }: AST.TOMLKeyValue): void {
    const last = key.keys.at(-1);
    if (!last) return;
    let table: Table = this;
    for (const outer of key.keys.slice(0, -1)) table = table.child(outer, value.range);
    table.entries.set(nameOf(last), { key: last, value: nodeOf(value) });
  }

  addAll(items: readonly AST.TOMLKeyValue[]): void {
    for (const item of items) this.add(item);
  }

  /** The table under a key, made where there is none; of an array of tables the last one. */
  child(key: Key, range: readonly [number, number]): Table {
    const known = this.entries.get(nameOf(key))?.value;
    if (known instanceof Table) return known;
    if (Array.isArray(known) && known.at(-1)) return known.at(-1)!;
    const made = new Table(range[0], range[1]);
    this.entries.set(nameOf(key), { key, value: made });
    return made;
  }

  /** One more table of the array of tables under a key. */
  append(key: Key, range: readonly [number, number]): Table {
    const made = new Table(range[0], range[1]);
    const known = this.entries.get(nameOf(key))?.value;
    if (Array.isArray(known)) known.push(made);
    else this.entries.set(nameOf(key), { key, value: [made] });
    return made;
  }

  data(): DataMap {
    const entries = [...this.entries].map(([name, { key, value }]): DataEntry => {
      const [start, end] = key.range;
      return { key: name, keyRange: { start, end }, value: dataOf(value), isMerged: false };
    });
    return { kind: 'map', entries, isFlow: false, start: this.start, end: this.end };
  }
}

function dataOf(value: DataNode | Table | Table[]): DataNode {
  if (value instanceof Table) return value.data();
  if (!Array.isArray(value)) return value;
  const start = value[0]?.start ?? 0;
  return { kind: 'list', items: value.map((table) => table.data()), start, end: value.at(-1)?.end ?? start };
}

function tableAt(root: Table, { key, kind, range }: AST.TOMLTable): Table {
  let table = root;
  for (const outer of key.keys.slice(0, -1)) table = table.child(outer, range);
  const last = key.keys.at(-1);
  if (!last) return table;
  return kind === 'array' ? table.append(last, range) : table.child(last, range);
}

function nameOf(key: Key): string {
  return key.type === 'TOMLBare' ? key.name : key.value;
}

function nodeOf(node: AST.TOMLContentNode): DataNode {
  const [start, end] = node.range;
  if (node.type === 'TOMLArray')
    return { kind: 'list', items: node.elements.map((item) => nodeOf(item)), start, end };
  if (node.type === 'TOMLInlineTable') {
    const table = new Table(start, end);
    table.addAll(node.body);
    return { ...table.data(), isFlow: true };
  }
  const { value } = node;
  return { kind: 'scalar', value: value instanceof Date ? null : value, start, end };
}

/** The suppression comments of a TOML text. */
export function tomlDirectives(text: string): readonly Directive[] {
  return hashDirectives(text, []);
}
