import type { McpServer } from '../server.ts';
import type { FunctionRef } from '../value.ts';
import { beginsBefore } from './order.ts';
import { type Trace, trace } from './trace.ts';
import { type Action, PathView } from './view.ts';

/** What Nest calls on a signal, in this order; the last when its listener is closed and the requests are over. */
const hooks = ['onModuleDestroy', 'beforeApplicationShutdown', 'onApplicationShutdown'] as const;

type Hook = (typeof hooks)[number];

/** What the lifecycle hooks of a NestJS server do when Nest hears SIGTERM. `undefined` as for `hooksOf`. */
export function nestHookTraces(server: McpServer): Trace[] | undefined {
  const { values } = server.shutdown;
  return hooksOf(server, hooks)?.map((ref) => trace(ref, values));
}

/**
 * The first step of a hook that closes something of MCP while requests may still be answered; `undefined` where there is
 * none, or something waits for the calls or may do so.
 */
export function closedByNestHook(server: McpServer): Action | undefined {
  const { values, options } = server.shutdown;
  const early = server.isNetwork
    ? hooksOf(server, ['onModuleDestroy', 'beforeApplicationShutdown'])
    : undefined;
  const views = (early ?? []).map(
    (ref) => new PathView(trace(ref, values, options), values, server.execution, options),
  );
  if (!views.every(({ trace: { isComplete } }) => isComplete)) return undefined;
  if (views.some((view) => view.drains.length > 0 || view.actions.some((action) => view.mayWait(action))))
    return undefined;
  const [first] = views.flatMap(({ closesMcp }) =>
    [...closesMcp].sort((a, b) => (beginsBefore(a.step, b.step) ? -1 : 1)).slice(0, 1),
  );
  return first;
}

/**
 * The methods that a server's classes have for some hooks; `undefined` where Nest does not hear SIGTERM
 * (`enableShutdownHooks()`), or others listen, too.
 */
function hooksOf(
  { handledBy, listeners, execution, shutdown }: McpServer,
  wanted: readonly Hook[],
): FunctionRef[] | undefined {
  if (handledBy !== '@nestjs/core' || listeners.some(({ signals }) => signals.includes('SIGTERM')))
    return undefined;
  const { program } = shutdown.values;
  // A list of signals may leave SIGTERM out.
  if (program.callsNamed('enableShutdownHooks').some(({ call }) => call.args.length > 0)) return undefined;
  return [...execution.live.keys()].flatMap((path) =>
    (program.facts(path)?.classes ?? []).flatMap(({ members }) =>
      members.filter(({ name }) => wanted.some((hook) => hook === name)).map(({ fn }) => ({ path, fn })),
    ),
  );
}
