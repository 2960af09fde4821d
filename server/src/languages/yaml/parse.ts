import { isAlias, isMap, isScalar, isSeq, type Pair, parseAllDocuments, type YAMLMap } from 'yaml';
import type { Range } from '../../text/range.ts';
import type { DataEntry, DataMap, DataNode } from '../data.ts';
import type { Directive } from '../directives.ts';
import { hashDirectives } from '../hashComments.ts';

/** What a YAML file holds; nothing where it is broken or too long to have been written by hand. */
export interface YamlFacts {
  readonly documents: readonly DataNode[];
  /** Values that span lines: what looks like a comment in them is text. */
  readonly multiLine: readonly Range[];
}

/** In characters. */
const maxLength = 300_000;
/** How many entries one file may take over by merge keys; people write a few dozen. */
const maxMerged = 10_000;

/** Reads a YAML text. The only place that knows the parser library. Never throws but for nesting beyond the stack. */
export function parseYaml(text: string): YamlFacts {
  if (text.length > maxLength) return { documents: [], multiLine: [] };
  const parsed = parseAllDocuments(text, {
    logLevel: 'silent',
    prettyErrors: false,
    uniqueKeys: false,
    schema: 'core',
  });
  const converter = new Converter(text);
  const documents = (Array.isArray(parsed) ? parsed : []).map((document) => converter.document(document));
  const isBroken = Array.isArray(parsed) && parsed.some(({ errors }) => errors.length > 0);
  return {
    documents: isBroken ? [] : documents.flatMap((document) => document ?? []),
    multiLine: converter.multiLine,
  };
}

class Converter {
  readonly multiLine: Range[] = [];
  /** Nodes by anchor: an alias is the last one before it. */
  private anchors = new Map<string, DataNode>();
  private merged = 0;

  constructor(private readonly text: string) {}

  document({ contents }: { readonly contents: unknown }): DataNode | undefined {
    this.anchors = new Map();
    return contents ? this.node(contents, 0) : undefined;
  }

  private node(node: unknown, at: number): DataNode {
    if (isAlias(node)) return this.anchors.get(node.source) ?? empty(rangeOf(node, at));
    const converted = this.plain(node, at);
    const anchor = isMap(node) || isSeq(node) || isScalar(node) ? node.anchor : undefined;
    if (anchor) this.anchors.set(anchor, converted);
    return converted;
  }

  private plain(node: unknown, at: number): DataNode {
    if (isScalar(node)) {
      const range = rangeOf(node, at);
      if (this.text.slice(range.start, range.end).includes('\n')) this.multiLine.push(range);
      const { value } = node;
      const isSimple = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
      return { kind: 'scalar', value: isSimple ? value : null, ...range };
    }
    if (isSeq(node)) {
      const range = rangeOf(node, at);
      return { kind: 'list', items: node.items.map((item) => this.node(item, range.start)), ...range };
    }
    return isMap(node) ? this.map(node, at) : empty({ start: at, end: at });
  }

  private map(node: YAMLMap, at: number): DataMap {
    const range = rangeOf(node, at);
    const entries: DataEntry[] = [];
    const merged: DataEntry[] = [];
    for (const { key, value } of node.items as Pair[]) {
      if (!isScalar(key)) continue;
      const keyRange = rangeOf(key, range.start);
      const converted = this.node(value, keyRange.end);
      if (key.value === '<<') merged.push(...this.taken(converted));
      else entries.push({ key: String(key.value), keyRange, value: converted, isMerged: false });
    }
    const own = new Set(entries.map((entry) => entry.key));
    const more = new Map(merged.toReversed().map((entry) => [entry.key, entry]));
    const taken = [...more.values()].filter((entry) => !own.has(entry.key));
    return {
      kind: 'map',
      entries: [...taken.map(asMerged), ...entries],
      isFlow: node.flow === true,
      ...range,
    };
  }

  /** The entries of the map or maps behind a merge key, the most important first. */
  private taken(node: DataNode): DataEntry[] {
    const maps = node.kind === 'list' ? node.items : [node];
    const entries = maps.flatMap((map) => (map.kind === 'map' ? map.entries : []));
    this.merged += entries.length;
    return this.merged > maxMerged ? [] : entries;
  }
}

function asMerged(entry: DataEntry): DataEntry {
  return { ...entry, isMerged: true };
}

function empty(range: Range): DataNode {
  return { kind: 'scalar', value: null, ...range };
}

function rangeOf(node: { readonly range?: unknown }, at: number): Range {
  const range = node.range as [number, number, number] | null | undefined;
  return range ? { start: range[0], end: range[1] } : { start: at, end: at };
}

/** The suppression comments of a YAML text. */
export function yamlDirectives(text: string, { multiLine }: YamlFacts): readonly Directive[] {
  return hashDirectives(text, multiLine);
}
