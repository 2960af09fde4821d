import type { CallExpr } from './program.ts';
import type { Transport } from './transports.ts';
import type { Value } from './value.ts';
import type { Values } from './values.ts';

/** Modules for NestJS that make a server of an application: they make the transports, the application listens. */
const nestModules = new Set(['@rekog/mcp-nest', '@nestjs-mcp/server']);

const transportNames: ReadonlyMap<string, Transport> = new Map([
  ['STDIO', 'stdio'],
  ['SSE', 'sse'],
  ['STREAMABLE_HTTP', 'streamable-http'],
]);

/**
 * The transports that `McpModule.forRoot({ transport })` makes, both over HTTP where it names none; `undefined` where
 * the call is none of that. A choice that cannot be followed gives no transport.
 */
export function nestTransports(
  call: CallExpr,
  callee: Value,
  path: string,
  fn: number,
  values: Values,
): readonly Transport[] | undefined {
  if (callee.kind !== 'foreign' || !nestModules.has(callee.module)) return undefined;
  if (!/^McpModule\.forRoot(Async)?$/.test(callee.member)) return undefined;
  const [options] = call.args;
  const choice = options?.kind === 'object' && options.properties.find(({ key }) => key === 'transport');
  if (!choice) return ['streamable-http', 'sse'];
  const named = values
    .of(choice.value, path, fn)
    .flatMap((value) =>
      value.kind === 'array' && value.expr.kind === 'array'
        ? value.expr.elements.flatMap((element) => values.of(element, value.path, value.fn))
        : [value],
    );
  return named.flatMap((value) => {
    const name = value.kind === 'foreign' ? value.member.replace(/^McpTransportType\./, '') : '';
    return transportNames.get(name) ?? [];
  });
}
