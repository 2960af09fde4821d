import type { Range } from '../text/range.ts';

/** A value of a data file (YAML, TOML, JSON) with its place in the text. */
export type DataNode = DataScalar | DataMap | DataList;

/** A text, number or other single value; the range includes its quotes. */
export interface DataScalar extends Range {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
}

export interface DataMap extends Range {
  readonly kind: 'map';
  /** In the order of the text; of keys that are written twice, the last one counts. Merged entries come first. */
  readonly entries: readonly DataEntry[];
  /** Written with braces, on one line as a rule. */
  readonly isFlow: boolean;
}

export interface DataList extends Range {
  readonly kind: 'list';
  readonly items: readonly DataNode[];
}

export interface DataEntry {
  readonly key: string;
  readonly keyRange: Range;
  readonly value: DataNode;
  /** The map takes it over from another one (a YAML merge key): it stands elsewhere. */
  readonly isMerged: boolean;
}

/** The entry of a map under a key; `undefined` where the node is no map or has none. */
export function entryOf(node: DataNode | undefined, key: string): DataEntry | undefined {
  return node?.kind === 'map' ? node.entries.findLast((entry) => entry.key === key) : undefined;
}

/** What lies under a chain of keys; `undefined` where one is missing. */
export function valueAt(node: DataNode | undefined, ...keys: readonly string[]): DataNode | undefined {
  return keys.reduce<DataNode | undefined>((at, key) => entryOf(at, key)?.value, node);
}

/** A single value as text; `undefined` for maps, lists and null. */
export function textOf(node: DataNode | undefined): string | undefined {
  return node?.kind === 'scalar' && node.value !== null ? String(node.value) : undefined;
}

/** The items of a list; `[]` for anything else. */
export function itemsOf(node: DataNode | undefined): readonly DataNode[] {
  return node?.kind === 'list' ? node.items : [];
}

/** The entries of a map; `[]` for anything else. */
export function entriesOf(node: DataNode | undefined): readonly DataEntry[] {
  return node?.kind === 'map' ? node.entries : [];
}
