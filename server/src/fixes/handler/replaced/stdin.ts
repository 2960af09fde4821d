import type { McpServer } from '../../../project/server.ts';
import type { SignalListener } from '../../../project/signals.ts';
import { isFastMcp } from '../places/fastMcp.ts';

/** A listener to the end of stdin, as far as it is replaced like one to a signal. */
export type StopListener = Pick<SignalListener, 'path' | 'fn' | 'call' | 'firstSteps'>;

/** The listeners of live code to the end of stdin, which the new handler hears as well: `process.stdin.on('end', ...)`. */
export function stdinListeners(server: McpServer): StopListener[] {
  const { execution, calls } = server;
  return [...execution.live].flatMap(([path, functions]) => {
    // fastmcp's own, seen from its own repository: the handler deals with it.
    if (isFastMcp(server) && calls.program.facts(path)?.classes.some(({ name }) => name === 'FastMCP'))
      return [];
    return [...functions].flatMap((fn) =>
      calls.program.callsIn(path, fn).flatMap((call): StopListener[] => {
        const { callee, args } = call;
        const [event] = args;
        if (callee.kind !== 'member' || !/^(on|once|addListener)$/.test(callee.property)) return [];
        const isStdin = callee.object.kind === 'member' && callee.object.property === 'stdin';
        const isEnd = event?.kind === 'literal' && /^(end|close)$/.test(String(event.value));
        return isStdin && isEnd ? [{ path, fn, call, firstSteps: [] }] : [];
      }),
    );
  });
}
