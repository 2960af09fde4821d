import { perServer } from '../perServer.ts';
import type { McpServer } from '../server.ts';
import { nestHookTraces } from '../shutdown/nestHooks.ts';
import type { CallStep, Step } from '../shutdown/steps.ts';
import { type Trace, trace } from '../shutdown/trace.ts';
import { isSaidToClose } from '../shutdownOptions.ts';
import { closingCallbacks } from './closingCallbacks.ts';

import { mayRelease, mayReleaseAnything, Reach } from './reach.ts';
import { type Releaser, Releasers } from './releaser.ts';
import type { HeldResource } from './resource.ts';

/** A resource that is open when the server has shut down and exits. */
export interface Unreleased {
  readonly resource: HeldResource;
  /** Other places that open it anew, for the same variable or field. */
  readonly again: readonly HeldResource[];
  /** A function that would release it, and that shutting down does not call. */
  readonly releaser: Releaser | undefined;
}

/**
 * What a server holds and its SIGTERM handler does not release, though it takes the time to await something before it
 * exits. Empty where there is no such handler, and where what it does cannot be followed to its end.
 */
export const unreleasedIn = perServer((server): readonly Unreleased[] => {
  const groups = new Map<string, HeldResource[]>();
  for (const resource of openAtExit(server)) {
    const group = groups.get(holderKey(resource));
    if (group) group.push(resource);
    else groups.set(holderKey(resource), [resource]);
  }
  const releasers = new Releasers(server);
  return [...groups.values()].flatMap(([resource, ...again]) =>
    resource ? [{ resource, again, releaser: releasers.of(resource) }] : [],
  );
});

/** What is kept by one variable or field is one thing, wherever it is opened. */
function holderKey({ path, call, holders, row }: HeldResource): string {
  const holder = holders.find(({ kind }) => kind === 'variable' || kind === 'field');
  if (holder?.kind === 'variable') return `${path} ${row.what} ${holder.binding}`;
  if (holder?.kind === 'field') return `${path} ${row.what} ${holder.cls}.${holder.name}`;
  return `${path} ${call.start}`;
}

function openAtExit(server: McpServer): HeldResource[] {
  const held = server.held.filter(
    ({ lifetime, row }) => (lifetime === 'process' || lifetime === 'session') && row.releases.length > 0,
  );
  const calls = held.length > 0 ? shutdownCallsOf(server) : undefined;
  if (!calls?.isKnown) return [];
  const { values } = server.shutdown;
  return held.filter((resource) => !calls.steps.some((step) => mayRelease(step, resource, values)));
}

/** What a server calls when it is shut down. */
export interface ShutdownCalls {
  /** The calls on the way from SIGTERM, and in what runs when something is closed. */
  readonly steps: readonly CallStep[];
  /** False where one of them may do anything. */
  readonly isKnown: boolean;
}

/** The calls of a server's shutdown; `undefined` where no handler is known to await something and then exit. */
export const shutdownCallsOf = perServer(findShutdownCalls);

function findShutdownCalls(server: McpServer): ShutdownCalls | undefined {
  const traces = sigtermTraces(server);
  if (!traces) return undefined;
  const { values } = server.shutdown;
  const reach = new Reach(server.execution, values);
  const steps = reach.from(traces);
  const { options } = server.shutdown;
  const isKnown = !steps.some(
    (step) => mayReleaseAnything(step, values) || isSaidToClose(step.call, options),
  );
  const callbacks = isKnown ? closingCallbacks(server.execution, values) : [];
  return { steps: [...steps, ...reach.from(callbacks.map((ref) => trace(ref, values)))], isKnown };
}

/** Whether a server's SIGTERM handlers are known, and one awaits something before it exits. */
export function hasAwaitingHandler(server: McpServer): boolean {
  return sigtermTraces(server) !== undefined;
}

/** What the handlers do; `undefined` where one is not known, or none awaits anything and then exits. */
function sigtermTraces(server: McpServer): Trace[] | undefined {
  const { listeners, handledBy, shutdown } = server;
  const hooks = nestHookTraces(server);
  // Nest waits for all of them, and sends itself the signal again at the end.
  if (hooks) return hooks.every(({ isComplete }) => isComplete) ? hooks : undefined;
  if (handledBy || listeners.some(({ isCertain }) => !isCertain)) return undefined;
  const own = listeners.filter(({ signals }) => signals.includes('SIGTERM'));
  if (own.length === 0 || own.some(({ handlers }) => handlers.length === 0)) return undefined;
  const traces = shutdown.on('SIGTERM').map((path) => path.view.trace);
  if (!traces.every(({ isComplete }) => isComplete)) return undefined;
  const steps = traces.flatMap((one) => one.steps);
  // Without an exit the process ends when all is closed, and files are written to their end.
  return steps.some(isExit) && steps.some(isAwaited) ? traces : undefined;
}

function isExit({ kind }: Step): boolean {
  return kind === 'exit';
}

/** `await`, or a callback that goes on when something is over. */
function isAwaited(step: Step): boolean {
  if (step.line.starts.how === 'callback') return true;
  return (step.kind === 'call' || step.kind === 'wait') && step.isAwaited;
}
