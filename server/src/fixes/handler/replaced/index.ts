import type { Project } from '../../../project/project.ts';
import type { McpServer } from '../../../project/server.ts';
import { repeatedListeners } from '../../../project/tools/repeated.ts';
import type { Insertion } from '../../source/insertion.ts';
import { type PlannedFile, plannedFile } from '../../source/plannedFile.ts';
import { areAlternatives } from '../places/alternatives.ts';
import type { Step } from '../places/resources.ts';
import type { ServingPlace } from '../places/serving.ts';
import { commentsAt, type KeptComments, keptComments, noComments } from './comments.ts';
import { exitsFrom } from './endings.ts';
import { obsoleteRanges } from './obsolete.ts';
import { type OldListener, oldListener } from './registration.ts';
import { removals } from './removal.ts';
import { type StopListener, stdinListeners } from './stdin.ts';
import { type AroundTheDrain, calledFunctions, keptSteps, linesAround } from './steps.ts';
import { keptWhole } from './whole.ts';

/** What becomes of signal listeners that the server has already. */
export interface ReplacedListeners {
  /** Take them out of their files. */
  readonly insertions: readonly Insertion[];
  /** What they wrote to a log and remembered. */
  readonly around: AroundTheDrain;
  /** What they called, as steps of the handler that is registered at a place. */
  readonly steps: ReadonlyMap<ServingPlace, readonly Step[]>;
  /** Comments of their authors' that speak of the handlers, for the registration of the new one at a place. */
  readonly comments: ReadonlyMap<ServingPlace, readonly string[]>;
  /** Those that speak of the end of the HTTP listener. */
  readonly closing: readonly string[];
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
  const ofCalls = new Set(repeatedListeners(server).flatMap(({ listeners }) => listeners));
  const heard = server.listeners
    .filter(({ signals, isCertain }) => !isCertain || signals.some(isStop))
    // What a call does when it is interrupted is its own affair, as long as the process goes on.
    .filter((each) => !ofCalls.has(each) || exitsFrom(each.handlers, server.calls));
  if (heard.some((listener) => !listener.isCertain || !listener.signals.every(isStop))) return undefined;
  const replaced: StopListener[] = [...heard, ...(isStdio ? stdinListeners(server) : [])];
  // Code that other servers run as well is not this one's to change.
  if (replaced.some((listener) => isShared(project, server, listener))) return undefined;
  const listeners = listenersIn(places);
  return (
    replacedByParts(project, server, places, replaced, listeners) ??
    keptWhole(project, server, places, replaced, listeners)
  );
}

/** What the handlers do, taken apart: what they log, and what they call. */
function replacedByParts(
  project: Project,
  server: McpServer,
  places: readonly ServingPlace[],
  replaced: readonly StopListener[],
  listeners: ReadonlySet<string>,
): ReplacedListeners | undefined {
  const files = new Map<string, PlannedFile | undefined>();
  const old = replaced.map((listener) => {
    const into = files.get(listener.path) ?? plannedFile(project, listener.path);
    files.set(listener.path, into);
    const own = listenersIn(places.filter((place) => place.into.file === into?.file));
    return into && oldListener(listener, { into, calls: server.calls, places, listeners: own });
  });
  const known = old.flatMap((each) => each ?? []);
  if (known.length < old.length) return undefined;
  return replacing(known, places, server, server.transports.has('stdio'), listeners);
}

function replacing(
  old: readonly OldListener[],
  places: readonly ServingPlace[],
  server: McpServer,
  isStdio: boolean,
  listeners: ReadonlySet<string>,
): ReplacedListeners | undefined {
  const insertions: Insertion[] = [];
  const unused = new Set<number>();
  const byFile = new Map<PlannedFile, KeptComments>();
  for (const into of new Set(old.map((each) => each.into))) {
    const own = old.filter((each) => each.into === into);
    const obsolete = obsoleteRanges(own, into);
    if (!obsolete) return undefined;
    for (const flag of obsolete.flags) unused.add(flag);
    const removed = removals(into.file.text, obsolete.ranges);
    for (const range of removed) insertions.push({ into, at: { replace: range }, code: '' });
    const bodies = own.map(({ body }) => body);
    byFile.set(into, keptComments(into, removed, bodies, obsolete));
  }
  const isOf = ({ listener }: OldListener, { start }: ServingPlace) =>
    !areAlternatives(listener, start, server);
  const shared = old.filter((each) => places.every((place) => isOf(each, place)));
  const common = distinctBodies(shared);
  const commentsOf = (into: PlannedFile) => byFile.get(into) ?? noComments;
  const around = linesAround(common, places, unused, isStdio, commentsOf);
  const steps = new Map<ServingPlace, readonly Step[]>();
  for (const place of places) {
    const own = old.filter((each) => isOf(each, place) && !shared.includes(each));
    const all = [...common, ...distinctBodies(own)];
    const kept = keptSteps(all, common, place, unused, server.calls, isStdio, commentsOf);
    if (!kept) return undefined;
    steps.set(place, kept);
  }
  const called = calledFunctions(distinctBodies(old), server.calls);
  if (!around || !called || [...listeners].some((name) => called.has(`${name}.close`))) return undefined;
  const comments = commentsAt(byFile, places, (into, place) =>
    old.some((each) => each.into === into && isOf(each, place)),
  );
  const closing = [...byFile.values()].flatMap((each) => each.closing);
  return { insertions, around, steps, comments, closing, called };
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

function isShared({ servers }: Project, server: McpServer, { path, fn }: StopListener): boolean {
  return servers.some((other) => other !== server && other.execution.live.get(path)?.has(fn));
}

/** The variables of the HTTP listeners that are closed at some places. */
function listenersIn(places: readonly ServingPlace[]): ReadonlySet<string> {
  return new Set(places.flatMap(({ steps }) => steps.flatMap(({ run }) => listenerIn(run))));
}

function listenerIn(run: string): string[] {
  // A type that only TypeScript needs (see codeStyle.ts) is no part of the name.
  const [, name] = /^closeListener\((.+)\)$/.exec(run.replace(/‹[^›]*›/g, '')) ?? [];
  return name ? [name] : [];
}
