import type { Stores } from './stores.ts';
import { elementExprs, type ListOrObject, type Site, type Value } from './value.ts';
import type { Values } from './values.ts';

type Foreign = Extract<Value, { kind: 'foreign' }>;

/** Calls of the platform that give the elements of their first argument, or of the object they are called on. */
const ofArgument = /^(Array\.from|Object\.values|Object\.entries)\(\)$/;
const ofObject =
  /^(Map|Set)\(\)\.(values|keys|entries)\(\)$|^Array\.from\(\)\.(filter|slice|reverse|sort|flat)\(\)$/;

/** What collections hold, so that `for (const t of transports.values())` leads to the transports. */
export class Collections {
  constructor(
    private readonly values: Values,
    private readonly stores: Stores,
  ) {}

  /** The elements of a collection that is filled as the program runs; `undefined` where the value is none. */
  elementsOf(list: Value): Value[] | undefined {
    if (list.kind === 'array' || list.kind === 'object') return this.put(list);
    if (list.kind !== 'foreign' || list.module !== '' || !list.made) return undefined;
    const { member, made } = list;
    if (member === 'Map()') return [{ ...list, member: 'Map()[]' }];
    if (member === 'Set()' || member === 'Array()') return this.stored(list);
    if (made.expr.kind !== 'call') return undefined;
    const { callee, args } = made.expr;
    if (ofObject.test(member) && callee.kind === 'member') {
      const onMap = this.values.of(callee.object, made.path, made.fn);
      if (member.startsWith('Map().values')) return onMap.flatMap((map) => this.stored(map) ?? []);
      return onMap.flatMap((object) => this.values.elements(object));
    }
    const [from] = args;
    if (!ofArgument.test(member) || !from) return undefined;
    return this.values.of(from, made.path, made.fn).flatMap((value): Value[] => {
      if (member !== 'Object.entries()') return this.values.elements(value);
      return [{ ...list, member: 'Map()[]', made: madeSite(value) ?? made }];
    });
  }

  /** `[key, value]` of a map: which of the two. */
  partOfEntry(entry: Foreign, name: string): Value[] | undefined {
    if (entry.module !== '' || entry.member !== 'Map()[]') return undefined;
    if (name !== '1') return [{ kind: 'unknown' }];
    return this.stored(entry) ?? [{ kind: 'unknown' }];
  }

  /** What `map.get(key)` gives. */
  takenBy(callee: Foreign): Value[] | undefined {
    if (callee.module !== '' || !/^(Weak)?Map\(\)\.get$/.test(callee.member)) return undefined;
    return this.stored(callee);
  }

  /** The values put into a map or set; `undefined` where nothing is known to be put into it. */
  private stored(collection: Value): Value[] | undefined {
    const made = collection.kind === 'foreign' ? collection.made?.expr : undefined;
    const puts = made ? this.stores.into(made) : [];
    if (puts.length === 0) return undefined;
    return puts.flatMap(({ value, path, fn }) => this.values.of(value, path, fn));
  }

  /** A list or record that things are put into; literal elements count as well. */
  private put(list: ListOrObject): Value[] | undefined {
    const puts = this.stores.into(list.expr);
    if (puts.length === 0) return undefined;
    const later = puts.flatMap(({ value, path, fn }) => this.values.of(value, path, fn));
    const first = elementExprs(list);
    return [...first.flatMap((element) => this.values.of(element, list.path, list.fn)), ...later];
  }
}

/** Where a collection is made. */
function madeSite(value: Value): Site | undefined {
  if (value.kind === 'object') return { path: value.path, fn: value.fn, expr: value.expr };
  return value.kind === 'foreign' ? value.made : undefined;
}
