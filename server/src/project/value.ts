import type { Expr, Literal } from '../languages/source/facts.ts';

/**
 * What an expression may hold at run time, as far as the text tells.
 * `foreign` is something of a package (or of Node: `module` is then `''` for globals, else without `node:`):
 * `member` says what of it, with `()` for a call or construction: `express` + `()`, `http` + `createServer()`,
 * `''` + `process`.
 */
export type Value =
  | { readonly kind: 'literal'; readonly value: Literal }
  | { readonly kind: 'function'; readonly path: string; readonly fn: number }
  | { readonly kind: 'class'; readonly path: string; readonly cls: number }
  | { readonly kind: 'instance'; readonly path: string; readonly cls: number }
  | { readonly kind: 'foreign'; readonly module: string; readonly member: string; readonly made?: Site }
  | { readonly kind: 'array' | 'object'; readonly path: string; readonly expr: Expr; readonly fn: number }
  | { readonly kind: 'module'; readonly path: string }
  | { readonly kind: 'unknown' };

/** A list or an object as it is written. */
export type ListOrObject = Extract<Value, { kind: 'array' | 'object' }>;

/** An expression in its file and function. */
export interface Site {
  readonly path: string;
  readonly fn: number;
  readonly expr: Expr;
}

/** A function in its file. */
export interface FunctionRef {
  readonly path: string;
  readonly fn: number;
}

/** What a function is known by in sets and maps. */
export function functionKey({ path, fn }: FunctionRef): string {
  return `${path}#${fn}`;
}

/** The functions among some values. */
export function functionsOf(values: readonly Value[]): FunctionRef[] {
  return values.flatMap((value) => (value.kind === 'function' ? [{ path: value.path, fn: value.fn }] : []));
}

/** The expressions that a list or an object is written with, spreads among them. */
export function elementExprs({ expr }: ListOrObject): readonly Expr[] {
  if (expr.kind === 'array') return expr.elements;
  return expr.kind === 'object' ? expr.properties.map(({ value }) => value) : [];
}

/** Whether a value is a global of the platform, also when reached over `globalThis`. */
export function isGlobal(value: Value, name: string): boolean {
  if (value.kind !== 'foreign' || value.module !== '') return false;
  return value.member === name || value.member === `globalThis.${name}`;
}

/** What is not known. */
export const unknown: Value = { kind: 'unknown' };

/** How many values one expression may have; with more, the rest is unknown. */
export const maxValues = 24;

/** What a global name holds. */
export function globalValue(name: string): Value {
  if (name === 'globalThis' || name === 'global') return { kind: 'foreign', module: '', member: '' };
  return { kind: 'foreign', module: '', member: name };
}

/** What a package gives under a name (`*`: all of it). */
export function foreign(specifier: string, name: string): Value {
  const module = specifier.replace(/^node:/, '');
  const member = name === '*' || name === 'default' || name === 'export=' ? '' : name;
  if (module === 'process')
    return { kind: 'foreign', module: '', member: member ? `process.${member}` : 'process' };
  return { kind: 'foreign', module, member };
}

/** A property of something foreign. `default` of a namespace is the module itself: `import pg`, `pg.default` and `require('pg')` are one thing. */
export function foreignMember(object: Extract<Value, { kind: 'foreign' }>, name: string): Value {
  if (object.member === '' && name === 'default') return object;
  const member = object.member === '' ? name : `${object.member}.${name}`;
  return { ...object, member };
}

/** The values without repetition; never empty. */
export function distinct(values: readonly Value[]): readonly Value[] {
  if (values.length === 1) return values;
  const seen = new Map<string, Value>();
  for (const value of values) {
    const key = keyOf(value);
    if (!seen.has(key)) seen.set(key, key === 'unknown' ? unknown : value);
    if (seen.size >= maxValues) return [...seen.values(), unknown];
  }
  return seen.size === 0 ? [unknown] : [...seen.values()];
}

function keyOf(value: Value): string {
  switch (value.kind) {
    case 'literal':
      return `literal ${typeof value.value} ${value.value}`;
    case 'function':
      return `function ${value.path} ${value.fn}`;
    case 'class':
    case 'instance':
      return `${value.kind} ${value.path} ${value.cls}`;
    case 'foreign':
      return `foreign ${value.module} ${value.member} ${value.made?.path} ${value.made?.expr.start}`;
    case 'array':
    case 'object':
      return `${value.kind} ${value.path} ${value.expr.start}`;
    case 'module':
      return `module ${value.path}`;
    default:
      return 'unknown';
  }
}
