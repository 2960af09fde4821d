import type { Range } from '../../text/range.ts';
import { callsOf } from '../callers.ts';
import type { McpServer } from '../server.ts';
import type { FunctionRef } from '../value.ts';
import type { Values } from '../values.ts';
import { ending } from './names.ts';
import { isReleasedBy, releasesAt } from './releases.ts';
import type { HeldResource } from './resource.ts';

/** A function that releases a resource when it is called. */
export interface Releaser extends FunctionRef {
  /** `closePool`, or `Database.close`. */
  readonly name: string;
  /** Its name in the text. */
  readonly range: Range;
  /** Whether anything that the server runs calls it. */
  readonly isLive: boolean;
}

/**
 * A function in the server's files that would release a resource: one that closes things, not one that opens them
 * anew, and of those that nothing calls the outermost.
 */
export function releaserOf(
  resource: HeldResource,
  { execution }: McpServer,
  values: Values,
): Releaser | undefined {
  const { program } = values;
  const found: Releaser[] = [];
  for (const [path, live] of execution.live) {
    for (const { id: fn } of program.facts(path)?.functions ?? []) {
      const releases = program
        .callsIn(path, fn)
        .some((call) =>
          releasesAt(call, path, fn, values).some((release) => isReleasedBy(resource, release)),
        );
      if (releases) found.push(...closersAround({ path, fn }, live, resource, values));
    }
  }
  return found.find(({ isLive }) => !isLive) ?? found[0];
}

/** The named function around a release, and those that call it to close things, the outermost first. */
function closersAround(
  inner: FunctionRef,
  live: ReadonlySet<number>,
  resource: HeldResource,
  values: Values,
  depth = 0,
): Releaser[] {
  const named = namedAround(inner, values);
  if (!named || depth > 3 || (named.path === resource.path && named.fn === resource.fn)) return [];
  const callers = callsOf(named.path, named.fn, values.program, values).filter(
    ({ path }) => path === named.path,
  );
  const outer = callers.flatMap((site) => closersAround(site, live, resource, values, depth + 1));
  const method = named.name.slice(named.name.indexOf('.') + 1);
  return ending.test(method) ? [...outer, { ...named, isLive: live.has(named.fn) }] : outer;
}

function namedAround({ path, fn }: FunctionRef, values: Values): Omit<Releaser, 'isLive'> | undefined {
  const facts = values.program.facts(path);
  for (let at = facts?.functions[fn]; at && at.id > 0; at = facts?.functions[at.parent]) {
    const owner = facts?.classes[at.ownerClass]?.name;
    const range = at.nameRange ?? { start: at.range.start, end: at.body.start };
    if (at.name) return { path, fn: at.id, range, name: owner ? `${owner}.${at.name}` : at.name };
  }
  return undefined;
}
