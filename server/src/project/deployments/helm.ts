import { type DataNode, textOf, valueAt } from '../../languages/data.ts';
import { parseYaml } from '../../languages/yaml/parse.ts';
import { basename, dirname, joinPath } from '../../text/paths.ts';
import type { ProjectFile } from '../project.ts';
import type { Place } from './deployment.ts';

/** Stands in a text for a part that is not known. */
const unknownPart = '{{}}';

/** Whether a text has a part that a template engine fills in, and that is not known here. */
export function hasUnknownPart(text: string): boolean {
  return text.includes('{{');
}

const writtenAt = new WeakMap<DataNode, Place>();

/** Where a value of a template is written that comes from values.yaml as it is. */
export function placeInValues(node: DataNode): Place | undefined {
  return writtenAt.get(node);
}

/** What stands between the braces of an action that only puts a value in. */
const valueAction = /^\.Values((?:\.\w+)+)((?:\s*\|\s*(?:quote|squote|int|toString|toYaml))*)$/;
/** Likewise, with something that is not known before the chart is installed, or not read here. */
const otherAction =
  /^(\.(Values|Release|Chart|Capabilities)(\.\w+)+|include\s+"[\w.-]+"\s+[.$])(\s*\|\s*(quote|squote|trunc\s+\d+|default\s+("[^"]*"|[\w.]+)))*$/;

/**
 * The documents of a chart's template with the chart's own values, offsets as in the template.
 * @returns `undefined` for any other file, and for a template that does more than to put single values in
 */
export function templateDocuments(
  file: ProjectFile,
  files: ReadonlyMap<string, ProjectFile>,
): readonly DataNode[] | undefined {
  const { path, text } = file;
  const chart = dirname(dirname(path));
  if (basename(dirname(path)) !== 'templates' || !files.has(joinPath(chart, 'Chart.yaml'))) return undefined;
  if (!hasUnknownPart(text)) return undefined;
  const masked = maskedTemplates.get(file) ?? maskedTemplate(text);
  maskedTemplates.set(file, masked);
  const values = valuesOf(chart, files);
  const parts = new Map([...masked.keys].map(([word, keys]) => [word, keys ? values(keys) : {}]));
  const done = new Map<DataNode, DataNode>();
  return masked.documents?.map((node) => filled(node, parts, done));
}

/** A template as YAML: a word of the same length in the place of each action, so that the rest stays where it is. */
interface MaskedTemplate {
  /** `undefined` where it does more than to put single values in. */
  readonly documents: readonly DataNode[] | undefined;
  /** What each word stands for: the way to a value, or nothing that is known. */
  readonly keys: ReadonlyMap<string, readonly string[] | undefined>;
}

const maskedTemplates = new WeakMap<ProjectFile, MaskedTemplate>();

function maskedTemplate(text: string): MaskedTemplate {
  const keys = new Map<string, readonly string[] | undefined>();
  let isSimple = true;
  const masked = text.replace(/\{\{(?:[^{}"\n]|"[^"\n]*")*\}\}/g, (action) => {
    const inner = action.slice(2, -2).trim();
    const [, key] = valueAction.exec(inner) ?? [];
    isSimple &&= key !== undefined || otherAction.test(inner);
    const word = `h${String(keys.size).padStart(action.length - 1, '0')}`;
    keys.set(word, key?.slice(1).split('.'));
    return word;
  });
  const isYaml = isSimple && !hasUnknownPart(masked);
  return { documents: isYaml ? documentsOf(masked) : undefined, keys };
}

function documentsOf(text: string): readonly DataNode[] | undefined {
  try {
    const { documents } = parseYaml(text);
    return documents.every((node) => isShallow(node, maxDepth)) ? documents : undefined;
  } catch (error) {
    // Nesting deeper than the stack, as in any YAML file.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** A manifest has about ten levels. */
const maxDepth = 60;

function isShallow(node: DataNode, left: number, seen = new Set<DataNode>()): boolean {
  if (left === 0) return false;
  // What aliases repeat is looked at once.
  if (seen.has(node)) return true;
  seen.add(node);
  const inner =
    node.kind === 'list' ? node.items : node.kind === 'map' ? node.entries.map(({ value }) => value) : [];
  return inner.every((each) => isShallow(each, left - 1, seen));
}

/** What an action puts in: nothing that is known, or a value and its place. */
interface Part {
  readonly value?: string;
  readonly at?: Place;
}

/** Looks a value up in values.yaml; one that another file of values sets, too, is not known. */
function valuesOf(chart: string, files: ReadonlyMap<string, ProjectFile>): (keys: readonly string[]) => Part {
  const all = [...files.values()].filter(
    ({ path }) => dirname(path) === chart && /^values.*\.ya?ml$/.test(basename(path)),
  );
  return (keys) => {
    const set = all.flatMap(({ path, facts }) => {
      const node = facts.language === 'yaml' ? valueAt(facts.yaml.documents[0], ...keys) : undefined;
      const value = textOf(node);
      return node && value ? [{ value, at: { path, range: { start: node.start, end: node.end } } }] : [];
    });
    const [only, another] = set;
    return only && !another && basename(only.at.path) === 'values.yaml' ? only : {};
  };
}

/** @param done nodes that aliases repeat are filled in once */
function filled(node: DataNode, parts: ReadonlyMap<string, Part>, done: Map<DataNode, DataNode>): DataNode {
  const known = done.get(node);
  if (known) return known;
  const result = filledOnce(node, parts, (inner) => filled(inner, parts, done));
  done.set(node, result);
  return result;
}

function filledOnce(
  node: DataNode,
  parts: ReadonlyMap<string, Part>,
  inner: (node: DataNode) => DataNode,
): DataNode {
  if (node.kind === 'list') return { ...node, items: node.items.map(inner) };
  if (node.kind === 'map') {
    return { ...node, entries: node.entries.map((entry) => ({ ...entry, value: inner(entry.value) })) };
  }
  const { value } = node;
  if (typeof value !== 'string') return node;
  const text = value.replace(/h\d{5,}/g, (word) => {
    const part = parts.get(word);
    return part ? (part.value ?? unknownPart) : word;
  });
  const result: DataNode = { ...node, value: text };
  const at = parts.get(value)?.at;
  if (at) writtenAt.set(result, at);
  return result;
}
