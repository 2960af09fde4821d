import type { Expr } from '../languages/source/facts.ts';
import { parameterProperty, storedIn } from './classState.ts';
import { exportedValues } from './moduleValues.ts';
import type { Program } from './program.ts';
import {
  elementExprs,
  type FunctionRef,
  foreignMember,
  type ListOrObject,
  unknown,
  type Value,
} from './value.ts';
import type { Values } from './values.ts';

type ClassOrInstance = Extract<Value, { kind: 'instance' | 'class' }>;

/** What a property of a value may hold. What lies deeper is asked of `values`: its budget ends circles. */
export function propertyOf(values: Values, object: Value, name: string): Value[] {
  switch (object.kind) {
    case 'foreign':
      return values.collections?.partOfEntry(object, name) ?? [foreignMember(object, name)];
    case 'module':
      return exportedValues(values, object.path, name);
    case 'object':
      return objectProperty(values, object, name);
    case 'array':
      return arrayElement(values, object, name);
    case 'instance':
    case 'class':
      return classMember(values, object, name);
    default:
      return [unknown];
  }
}

/** What a list, another collection, or an object asked for a key that is not known may give. */
export function elementsOf(values: Values, list: Value): Value[] {
  const held = values.collections?.elementsOf(list);
  if (held) return held;
  if (list.kind !== 'array' && list.kind !== 'object') return [unknown];
  return elementExprs(list).flatMap((element) =>
    element.kind === 'spread'
      ? values.of(element.operand, list.path, list.fn).flatMap((inner) => values.elements(inner))
      : values.of(element, list.path, list.fn),
  );
}

/** The functions that reading a property of a value runs. */
export function gettersOf(program: Program, object: Value, name: string): FunctionRef[] {
  if (object.kind === 'instance' || object.kind === 'class') {
    const { path, cls } = object;
    const members = program.facts(path)?.classes[cls]?.members ?? [];
    return members.flatMap(({ name: own, isGetter, fn }) => (isGetter && own === name ? [{ path, fn }] : []));
  }
  if (object.kind !== 'object' || object.expr.kind !== 'object') return [];
  const { path } = object;
  return object.expr.properties.flatMap(({ key, isGetter, value }) =>
    isGetter && key === name && value.kind === 'function' ? [{ path, fn: value.fn }] : [],
  );
}

function arrayElement(values: Values, { path, expr, fn }: ListOrObject, index: string): Value[] {
  const element = expr.kind === 'array' ? expr.elements[Number(index)] : undefined;
  return element ? [...values.of(element, path, fn)] : [unknown];
}

function objectProperty(values: Values, { path, expr, fn }: ListOrObject, name: string): Value[] {
  if (expr.kind !== 'object') return [unknown];
  const own = expr.properties.filter(({ key }) => key === name);
  if (own.length > 0)
    return own.flatMap(({ value, isGetter }) =>
      isGetter && value.kind === 'function' ? values.returned(path, value.fn) : values.of(value, path, fn),
    );
  const spread = expr.properties.flatMap(({ value }) =>
    value.kind === 'spread'
      ? values.of(value.operand, path, fn).flatMap((inner) => values.property(inner, name))
      : [],
  );
  return spread.length > 0 ? spread : [unknown];
}

/** A method, or what is stored in a property of the class (also of classes it extends). */
function classMember(values: Values, object: ClassOrInstance, name: string): Value[] {
  const { path, cls } = object;
  const facts = values.program.facts(path);
  const fact = facts?.classes[cls];
  if (!facts || !fact) return [unknown];
  const methods = fact.members.filter((member) => member.name === name && name !== 'constructor');
  const getter = methods.find(({ isGetter }) => isGetter);
  if (getter) return values.returned(path, getter.fn);
  const stored = storedIn(facts, cls, name).flatMap(({ expr, fn }) => values.of(expr, path, fn));
  // A field that holds a function at first may get another one later.
  if (methods.length > 0)
    return [...methods.map(({ fn }): Value => ({ kind: 'function', path, fn })), ...stored];
  const parameter = parameterProperty(facts, cls, name);
  if (parameter !== undefined) stored.push(...values.ofBinding(parameter, path));
  if (stored.length > 0) return stored;
  return fact.extends ? inherited(values, fact.extends, object, name) : [unknown];
}

/** What a class has of the one it extends. */
function inherited(values: Values, base: Expr, { path, kind }: ClassOrInstance, name: string): Value[] {
  return values.of(base, path, 0).flatMap((value): Value[] => {
    if (value.kind === 'class') return values.property({ ...value, kind }, name);
    if (value.kind !== 'foreign') return [unknown];
    return [foreignMember({ ...value, member: `${value.member}()` }, name)];
  });
}
