/**
 * Remembers what is worked out for an object that never changes (a file's facts, a project), as long as that is held
 * by anyone. `workOut` must depend on nothing else.
 */
export function memoized<K extends object, T>(workOut: (key: K) => T): (key: K) => T {
  const known = new WeakMap<K, { readonly result: T }>();
  return (key) => {
    let found = known.get(key);
    if (!found) {
      found = { result: workOut(key) };
      known.set(key, found);
    }
    return found.result;
  };
}
