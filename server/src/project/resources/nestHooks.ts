import type { McpServer } from '../server.ts';
import { type Trace, trace } from '../shutdown/trace.ts';
import type { FunctionRef } from '../value.ts';

/** What Nest calls on a signal; the last one when its listener is closed and the requests are over. */
const hooks = new Set(['onModuleDestroy', 'beforeApplicationShutdown', 'onApplicationShutdown']);

/**
 * What the lifecycle hooks of a NestJS server do when Nest hears SIGTERM (`enableShutdownHooks()`); `undefined` where it
 * does not, or others listen, too.
 */
export function nestHookTraces({
  handledBy,
  listeners,
  execution,
  shutdown,
}: McpServer): Trace[] | undefined {
  if (handledBy !== '@nestjs/core' || listeners.some(({ signals }) => signals.includes('SIGTERM')))
    return undefined;
  const { values } = shutdown;
  const enabling = values.program.callsNamed('enableShutdownHooks');
  // A list of signals may leave SIGTERM out.
  if (enabling.some(({ call }) => call.args.length > 0)) return undefined;
  const refs = [...execution.live.keys()].flatMap((path): FunctionRef[] => {
    const classes = values.program.facts(path)?.classes ?? [];
    return classes.flatMap(({ members }) =>
      members.filter(({ name }) => hooks.has(name)).map(({ fn }) => ({ path, fn })),
    );
  });
  return refs.map((ref) => trace(ref, values));
}
