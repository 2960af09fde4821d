import type { Range } from '../../text/range.ts';
import { callsOf } from '../callers.ts';
import type { McpServer } from '../server.ts';
import type { FunctionRef } from '../value.ts';
import type { Values } from '../values.ts';
import { ending } from './names.ts';
import { isReleasedBy, type Release, releasesAt } from './releases.ts';
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

/** Finds the functions of a server's files that release things. */
export class Releasers {
  private readonly values: Values;
  private sites: readonly (FunctionRef & { readonly releases: readonly Release[] })[] | undefined;

  constructor(private readonly server: McpServer) {
    this.values = server.shutdown.values;
  }

  /**
   * A function that would release a resource: one that closes things, not one that opens them anew, and of those that
   * nothing calls the outermost.
   */
  of(resource: HeldResource): Releaser | undefined {
    this.sites ??= this.find();
    const found = this.sites
      .filter(({ releases }) => releases.some((release) => isReleasedBy(resource, release)))
      .flatMap((site) => {
        const live = this.server.execution.live.get(site.path) ?? new Set();
        return closersAround(site, live, resource, this.values);
      });
    return found.find(({ isLive }) => !isLive) ?? found[0];
  }

  private find(): (FunctionRef & { releases: Release[] })[] {
    const { program } = this.values;
    return [...this.server.execution.live.keys()].flatMap((path) =>
      (program.facts(path)?.functions ?? []).flatMap(({ id: fn }) => {
        const releases = program.callsIn(path, fn).flatMap((call) => releasesAt(call, path, fn, this.values));
        return releases.length > 0 ? [{ path, fn, releases }] : [];
      }),
    );
  }
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
