import type { CallExpr, Program } from '../program.ts';
import { baseOf } from '../transports.ts';
import type { Values } from '../values.ts';

/** A place where an MCP server object is made. */
export interface ServerInstance {
  readonly path: string;
  readonly fn: number;
  readonly call: CallExpr;
  /** `McpServer` registers tools by name; `Server` is the low-level one, keyed by request. */
  readonly api: 'McpServer' | 'Server';
}

/** The MCP server objects that one function's own body makes. */
export function instancesIn(path: string, fn: number, program: Program, plain: Values): ServerInstance[] {
  return program.callsIn(path, fn).flatMap((call): ServerInstance[] => {
    if (!call.isNew) return [];
    for (const callee of plain.of(call.callee, path, fn)) {
      const base = callee.kind === 'class' ? baseOf(callee, plain) : callee;
      if (base?.kind !== 'foreign' || !base.module.startsWith('@modelcontextprotocol/')) continue;
      if (base.member === 'McpServer' || base.member === 'Server')
        return [{ path, fn, call, api: base.member }];
    }
    return [];
  });
}
