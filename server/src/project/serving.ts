import type { CallExpr, Program } from './program.ts';
import { baseOf, frameworkOfModule } from './transports.ts';
import { type FunctionRef, functionsOf } from './value.ts';
import type { Values } from './values.ts';

/** A place where an MCP server object is made. */
export interface ServerInstance {
  readonly path: string;
  readonly fn: number;
  readonly call: CallExpr;
  /** `McpServer` registers tools by name; `Server` is the low-level one, keyed by request. */
  readonly api: 'McpServer' | 'Server';
}

/** A route or middleware that the HTTP framework calls. */
export interface Route {
  readonly path: string;
  readonly fn: number;
  readonly call: CallExpr;
  readonly framework: string;
  readonly method: 'get' | 'post' | 'delete' | 'put' | 'patch' | 'all' | 'use' | 'route';
  /** The path as written; `undefined` for a middleware without one, or where it could not be followed. */
  readonly pattern: string | undefined;
  readonly handlers: readonly FunctionRef[];
}

const methods = new Set(['get', 'post', 'delete', 'put', 'patch', 'all', 'use', 'route']);

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

/** The routes that one function's own body registers. */
export function routesIn(path: string, fn: number, program: Program, values: Values): Route[] {
  return program.callsIn(path, fn).flatMap((call): Route[] => {
    const { callee, args } = call;
    if (callee.kind !== 'member' || !methods.has(callee.property) || args.length === 0) return [];
    const framework = values.of(callee.object, path, fn).map((value) => {
      return value.kind === 'foreign' ? frameworkOfModule(value.module, value.member) : undefined;
    });
    const known = framework.find((name) => name !== undefined && name !== 'http');
    if (!known) return [];
    const [first] = args;
    const { strings, isComplete } = first
      ? values.strings(first, path, fn)
      : { strings: [], isComplete: false };
    return [
      {
        path,
        fn,
        call,
        framework: known,
        method: callee.property as Route['method'],
        pattern: isComplete ? strings[0] : undefined,
        handlers: args.flatMap((argument) => functionsOf(values.of(argument, path, fn))),
      },
    ];
  });
}
