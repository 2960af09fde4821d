import type { SourceFacts } from '../../../languages/source/facts.ts';
import type { Project } from '../../../project/project.ts';
import type { McpServer } from '../../../project/server.ts';
import type { SignalListener } from '../../../project/signals.ts';
import type { Insertion } from '../insertion.ts';
import type { Step } from '../places/resources.ts';
import type { ServingPlace } from '../places/serving.ts';
import { type PlannedFile, plannedFile } from '../plannedFile.ts';
import { obsoleteRanges } from './obsolete.ts';
import { type OldListener, oldListener } from './registration.ts';
import { removals } from './removal.ts';
import { type AroundTheDrain, calledFunctions, keptSteps, linesAround } from './steps.ts';

/** What becomes of signal listeners that the server has already. */
export interface ReplacedListeners {
  /** Take them out of their files. */
  readonly insertions: readonly Insertion[];
  /** What they wrote to a log and remembered. */
  readonly around: AroundTheDrain;
  /** What they called, as steps of the handler that is registered at a place. */
  readonly steps: ReadonlyMap<ServingPlace, readonly Step[]>;
  /** What those steps call in turn, as written: `pool.end`. */
  readonly called: ReadonlySet<string>;
}

/**
 * Replaces the listeners for SIGTERM and SIGINT: two handlers of one signal would compete. `undefined` where one of
 * them, or anything else that ends the process with stdin, cannot be replaced for certain.
 */
export function replacedListeners(
  project: Project,
  server: McpServer,
  places: readonly ServingPlace[],
): ReplacedListeners | undefined {
  const isStdio = server.transports.has('stdio');
  if (isStdio && endsWithStdin(project, server)) return undefined;
  const replaced = server.listeners.filter(({ signals, isCertain }) => !isCertain || signals.some(isStop));
  if (replaced.some((listener) => !listener.isCertain || !listener.signals.every(isStop))) return undefined;
  // Code that other servers run as well is not this one's to change.
  if (replaced.some((listener) => isShared(project, server, listener))) return undefined;
  const listeners = new Set(places.flatMap(({ steps }) => steps.flatMap(({ run }) => listenerIn(run))));
  const files = new Map<string, PlannedFile | undefined>();
  const old = replaced.map((listener) => {
    const into = files.get(listener.path) ?? plannedFile(project, listener.path);
    files.set(listener.path, into);
    return into && oldListener(listener, { into, calls: server.calls, listeners });
  });
  const known = old.flatMap((each) => each ?? []);
  if (known.length < old.length) return undefined;
  return replacing(known, places, server, isStdio, listeners);
}

function replacing(
  old: readonly OldListener[],
  places: readonly ServingPlace[],
  server: McpServer,
  isStdio: boolean,
  listeners: ReadonlySet<string>,
): ReplacedListeners | undefined {
  const bodies = distinctBodies(old);
  const insertions: Insertion[] = [];
  const unused = new Set<number>();
  for (const into of new Set(old.map((each) => each.into))) {
    const own = old.filter((each) => each.into === into);
    const obsolete = obsoleteRanges(own, into);
    if (!obsolete) return undefined;
    for (const flag of obsolete.flags) unused.add(flag);
    for (const range of removals(into.file.text, obsolete.ranges))
      insertions.push({ into, at: { replace: range }, code: '' });
  }
  const around = linesAround(bodies, places, unused, isStdio);
  const steps = new Map<ServingPlace, readonly Step[]>();
  for (const place of places) {
    const kept = keptSteps(bodies, place, server.calls, isStdio);
    if (!kept) return undefined;
    steps.set(place, kept);
  }
  const called = calledFunctions(bodies, server.calls);
  if (!around || !called || [...listeners].some((name) => called.has(`${name}.close`))) return undefined;
  return { insertions, around, steps, called };
}

/** Handlers that several signals share are read once. */
function distinctBodies(old: readonly OldListener[]): OldListener[] {
  const found = new Map<string, OldListener>();
  for (const each of old) {
    const named = [...each.body.functions].filter((fn) => !isInside(each, fn));
    found.set(
      named.length > 0 ? `${each.into.file.path}#${named}` : `${each.into.file.path}@${textOf(each)}`,
      each,
    );
  }
  return [...found.values()];
}

/** The text of a registration without its signal: `process.on('SIGINT', ...)` twice is one handler. */
function textOf({ into, statement }: OldListener): string {
  return into.file.text.slice(statement.start, statement.end).replaceAll(/SIG(TERM|INT)/g, 'SIG');
}

function isInside({ into, statement }: OldListener, fn: number): boolean {
  const range = into.facts.functions[fn]?.range;
  return range !== undefined && range.start >= statement.start && range.end <= statement.end;
}

function isStop(signal: string): boolean {
  return signal === 'SIGTERM' || signal === 'SIGINT';
}

function isShared({ servers }: Project, server: McpServer, { call }: SignalListener): boolean {
  return servers.some(
    (other) => other !== server && other.listeners.some((listener) => listener.call === call),
  );
}

function listenerIn(run: string): string[] {
  const [, name] = /^closeListener\((.+)\)$/.exec(run) ?? [];
  return name ? [name] : [];
}

/** Whether live code listens to the end of stdin, which the new handler does as well. */
function endsWithStdin(project: Project, { execution, calls }: McpServer): boolean {
  return [...execution.live].some(([path, functions]) => {
    const facts: SourceFacts | undefined = plannedFile(project, path)?.facts;
    return (
      facts !== undefined &&
      [...functions].some((fn) =>
        calls.program.callsIn(path, fn).some(({ callee, args: [event] }) => {
          if (callee.kind !== 'member' || !/^(on|once|addListener)$/.test(callee.property)) return false;
          const { object } = callee;
          const isStdin = object.kind === 'member' && object.property === 'stdin';
          return isStdin && event?.kind === 'literal' && /^(end|close)$/.test(String(event.value));
        }),
      )
    );
  });
}
