import { type Node, type ParseError, parseTree } from 'jsonc-parser';
import type { Range } from '../text/range.ts';

/** What a package.json says that the project model asks about. Broken JSON gives what could be read. */
export interface PackageFacts {
  readonly name: string | undefined;
  readonly isPrivate: boolean;
  /** `module` for `"type": "module"`. */
  readonly type: 'module' | 'commonjs';
  /** Commands that the package installs: name and file. */
  readonly bins: readonly NamedPath[];
  /** Files that others import: `main`, `module`, `source` and the targets of `exports`, keyed by subpath (`.`, `./x`). */
  readonly entries: readonly NamedPath[];
  readonly scripts: readonly NamedPath[];
  /** Of all kinds (also dev, peer and optional ones): version range by package name. */
  readonly dependencies: ReadonlyMap<string, string>;
  /** Those needed at run time: `dependencies`, `peerDependencies`, `optionalDependencies`. */
  readonly runtimeDependencies: ReadonlySet<string>;
  /** `workspaces` globs. */
  readonly workspaces: readonly string[];
  /** `packageManager`: `pnpm@10.2.0`. */
  readonly packageManager?: string;
}

/** A name with a text (a path or a command) and the place of that text. */
export interface NamedPath {
  readonly name: string;
  readonly value: string;
  readonly range: Range;
}

/** Reads a package.json. Never throws. */
export function parsePackageJson(text: string): PackageFacts {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const dependencyKinds = ['dependencies', 'peerDependencies', 'optionalDependencies', 'devDependencies'];
  const byKind = dependencyKinds.map((kind) => strings(child(root, kind), ''));
  const name = child(root, 'name')?.value;
  return {
    name: typeof name === 'string' ? name : undefined,
    isPrivate: child(root, 'private')?.value === true,
    type: child(root, 'type')?.value === 'module' ? 'module' : 'commonjs',
    bins: strings(child(root, 'bin'), typeof name === 'string' ? name.replace(/^@[^/]*\//, '') : 'bin'),
    entries: [
      ...['source', 'main', 'module'].flatMap((key) => strings(child(root, key), '.')),
      ...exportTargets(child(root, 'exports'), '.'),
    ],
    scripts: strings(child(root, 'scripts'), ''),
    dependencies: new Map(byKind.flat().map(({ name: key, value }) => [key, value])),
    runtimeDependencies: new Set(
      byKind
        .slice(0, 3)
        .flat()
        .map(({ name: key }) => key),
    ),
    workspaces: workspaceGlobs(child(root, 'workspaces')),
    ...stringAt(root, 'packageManager'),
  };
}

function child(node: Node | undefined, key: string): Node | undefined {
  if (node?.type !== 'object') return undefined;
  return node.children?.find((property) => property.children?.[0]?.value === key)?.children?.[1];
}

function stringAt<K extends string>(root: Node | undefined, key: K): { readonly [key in K]?: string } {
  const value: unknown = child(root, key)?.value;
  return typeof value === 'string' ? ({ [key]: value } as { [key in K]: string }) : {};
}

/** A string, or an object of strings; anything else is passed over. */
function strings(node: Node | undefined, name: string): NamedPath[] {
  if (node?.type === 'string') return [{ name, value: node.value as string, range: rangeOf(node) }];
  if (node?.type !== 'object') return [];
  return (node.children ?? []).flatMap(({ children }) => {
    const [key, value] = children ?? [];
    if (typeof key?.value !== 'string' || value?.type !== 'string') return [];
    return [{ name: key.value, value: value.value as string, range: rangeOf(value) }];
  });
}

/** Every file that `exports` names, whatever the conditions, under its subpath. */
function exportTargets(node: Node | undefined, subpath: string): NamedPath[] {
  if (node?.type === 'string') return strings(node, subpath);
  if (node?.type === 'array') return (node.children ?? []).flatMap((item) => exportTargets(item, subpath));
  if (node?.type !== 'object') return [];
  return (node.children ?? []).flatMap(({ children }) => {
    const [key, value] = children ?? [];
    if (typeof key?.value !== 'string' || key.value === 'types') return [];
    return exportTargets(value, key.value.startsWith('.') ? key.value : subpath);
  });
}

function workspaceGlobs(node: Node | undefined): string[] {
  const list = node?.type === 'object' ? child(node, 'packages') : node;
  return (list?.children ?? []).flatMap((item) => (item.type === 'string' ? [item.value as string] : []));
}

function rangeOf(node: Node): Range {
  return { start: node.offset, end: node.offset + node.length };
}
