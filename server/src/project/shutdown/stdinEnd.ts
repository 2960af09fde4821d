import type { Expr } from '../../languages/source/facts.ts';
import type { HeldResource } from '../resources/held.ts';
import type { McpServer } from '../server.ts';
import type { ServerStart } from '../transports.ts';

/** A stdio transport, and what keeps the process alive when its client has gone. */
export interface KeptOpen {
  readonly start: ServerStart;
  readonly resource: HeldResource;
}

/** What keeps a stdio server up at the end of stdin; `undefined` where something reacts to it, or nothing is held. */
export function keptOpenAtEof(server: McpServer): KeptOpen | undefined {
  const { startup } = server.shutdown;
  const start = server.starts.find(({ transport }) => transport === 'stdio');
  if (!start || start.framework || server.handledBy || heedsEnd(server)) return undefined;
  const listens = server.starts.filter(({ kind }) => kind === 'listen');
  if (listens.some((listen) => !startup.areExclusive(listen, start))) return undefined;
  const kept = server.resources.filter(
    (held) =>
      held.keepsAlive &&
      held.lifetime === 'process' &&
      !startup.areExclusive(held, start) &&
      // Connections are often opened by the first call; a timer that only another command starts is not this server's.
      (held.row.step === 'data' || startup.includes(held)),
  );
  // What is there in every start is the better proof.
  const resource =
    kept.find((held) => startup.alwaysIncludes(held)) ??
    kept.find(({ row }) => row.step === 'data') ??
    kept[0];
  return resource && { start, resource };
}

/** Of options what they hold: `createInterface({ input: process.stdin })`. */
function partsOf(expr: Expr): readonly Expr[] {
  return expr.kind === 'object' ? expr.properties.map(({ value }) => value) : [expr];
}

/** Whether anything listens to the end of stdin, or of the transport. */
export function heedsEnd({ execution, shutdown: { values } }: McpServer): boolean {
  const { program } = values;
  const isLive = (path: string, fn: number) => execution.live.get(path)?.has(fn) ?? false;
  for (const method of [
    'on',
    'once',
    'addListener',
    'prependListener',
    'finished',
    'createInterface',
    'pipe',
  ]) {
    for (const { path, fn, call } of program.callsNamed(method)) {
      if (!isLive(path, fn)) continue;
      const objects = call.callee.kind === 'member' ? [call.callee.object, ...call.args] : call.args;
      const touches = objects
        .flatMap(partsOf)
        .some((object) =>
          values
            .of(object, path, fn)
            .some(
              (value) =>
                value.kind === 'foreign' && value.module === '' && value.member.startsWith('process.stdin'),
            ),
        );
      if (touches) return true;
    }
  }
  return [...execution.live].some(([path, functions]) =>
    [...functions].some((fn) => program.assigns(path, fn, 'onclose')),
  );
}
