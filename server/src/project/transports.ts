import { calleeRange } from '../languages/source/walk.ts';
import type { Range } from '../text/range.ts';
import { nestTransports } from './nestMcp.ts';
import type { CallExpr, Program } from './program.ts';
import type { Value } from './value.ts';
import type { Values } from './values.ts';

/** How clients reach a server. */
export type Transport = 'stdio' | 'streamable-http' | 'sse';

/** A place where a server begins to serve: a transport is made, or a port is listened on. */
export interface ServerStart {
  readonly kind: 'transport' | 'listen';
  /** `undefined` for a listener: which transports it serves, the transports of the server tell. */
  readonly transport: Transport | undefined;
  readonly path: string;
  readonly fn: number;
  readonly call: CallExpr;
  /** What a finding underlines: the callee, as written. */
  readonly range: Range;
  /** `express`, `fastify`, `hono`, `koa`, `http`, `fastmcp` ...; `undefined` where unknown. */
  readonly framework: string | undefined;
}

/** Made or called, these serve MCP over the transport named. Keys are names as the packages export them. */
const transportNames: ReadonlyMap<string, Transport> = new Map<string, Transport>([
  ['StdioServerTransport', 'stdio'],
  ['serveStdio', 'stdio'],
  ['StreamableHTTPServerTransport', 'streamable-http'],
  ['NodeStreamableHTTPServerTransport', 'streamable-http'],
  ['WebStandardStreamableHTTPServerTransport', 'streamable-http'],
  ['StreamableHTTPTransport', 'streamable-http'],
  ['createMcpHandler', 'streamable-http'],
  ['toNodeHandler', 'streamable-http'],
  ['streamableHttp', 'streamable-http'],
  ['experimental_withMcpAuth', 'streamable-http'],
  ['SSEServerTransport', 'sse'],
  ['SSETransport', 'sse'],
  ['startHTTPServer', 'streamable-http'],
]);

/** Packages in which those names mean MCP. */
const transportPackages =
  /^(@modelcontextprotocol\/|mcp-handler|@vercel\/mcp-adapter|@hono\/mcp|fastify-mcp|mcp-proxy)/;

/** Packages whose objects have a `listen()` that opens an HTTP port. */
const listenFrameworks: ReadonlyMap<string, string> = new Map([
  ['http', 'http'],
  ['https', 'http'],
  ['http2', 'http'],
  ['express', 'express'],
  ['@modelcontextprotocol/express', 'express'],
  ['@modelcontextprotocol/fastify', 'fastify'],
  ['fastify', 'fastify'],
  ['koa', 'koa'],
  ['restify', 'restify'],
  ['polka', 'polka'],
  ['h3', 'h3'],
  ['@nestjs/core', 'nestjs'],
  ['@hono/node-server', 'hono'],
  ['elysia', 'elysia'],
]);

/**
 * The starts that one function's own body holds.
 * @param plain values without what callers pass: enough to know a package's class or function by
 */
export function startsIn(
  path: string,
  fn: number,
  program: Program,
  values: Values,
  plain: Values,
): ServerStart[] {
  if (isFrameworkItself(path, fn, program)) return [];
  return program.callsIn(path, fn).flatMap((call) => {
    const at = { path, fn, call, range: calleeRange(call) };
    return [...transportStart(call, at, values, plain), ...listenStart(call, at, program, values, plain)];
  });
}

/** Inside a framework's main class: what starts there is known by the call that starts the framework. */
function isFrameworkItself(path: string, fn: number, program: Program): boolean {
  const mainClass = program.frameworkOf(path)?.mainClass;
  if (mainClass === undefined) return false;
  for (let at = program.functionAt(path, fn); at; at = program.functionAt(path, at.parent)) {
    if (program.facts(path)?.classes[at.ownerClass]?.name === mainClass) return true;
  }
  return false;
}

type At = Pick<ServerStart, 'path' | 'fn' | 'call' | 'range'>;

function transportStart(call: CallExpr, at: At, values: Values, plain: Values): ServerStart[] {
  const callees = plain.of(call.callee, at.path, at.fn);
  for (const callee of callees) {
    const base = callee.kind === 'class' ? baseOf(callee, plain) : callee;
    if (base?.kind !== 'foreign') continue;
    const nest = nestTransports(call, base, at.path, at.fn, values);
    if (nest) return nest.map((transport) => ({ ...at, kind: 'transport', transport, framework: 'nestjs' }));
    const name = base.member.split('.').at(-1) ?? '';
    const transport = transportPackages.test(base.module) ? transportNames.get(name) : undefined;
    if (transport && name === 'startHTTPServer') return withListener(at, transport, base.module);
    if (transport) return [{ ...at, kind: 'transport', transport, framework: undefined }];
    if (base.module === 'fastmcp' && /^FastMCP\(\)\.start$/.test(base.member))
      return fastMcpStart(call, at, values);
    if (isMcpUse(base, 'listen')) return withListener(at, 'streamable-http', 'mcp-use');
    if (base.module === 'mcp-framework' && /^MCPServer\(\)\.start$/.test(base.member)) {
      return [{ ...at, kind: 'transport', transport: 'stdio', framework: 'mcp-framework' }];
    }
  }
  return [];
}

/** A method of mcp-use's server, which makes its HTTP listener itself and installs no handler. */
export function isMcpUse(value: Value, method: string): boolean {
  if (value.kind !== 'foreign' || !/^mcp-use(\/server)?$/.test(value.module)) return false;
  return value.member === `MCPServer().${method}` || value.member === `createMCPServer().${method}`;
}

/** The transport that a value of one of those names is or makes. */
export function transportOf(value: Value | undefined): Transport | undefined {
  if (value?.kind !== 'foreign' || !transportPackages.test(value.module)) return undefined;
  const name = value.member.replace(/\(\)$/, '').split('.').at(-1) ?? '';
  return transportNames.get(name);
}

/** A package that serves on a port of its own. */
function withListener(at: At, transport: Transport, framework: string): ServerStart[] {
  return [
    { ...at, kind: 'transport', transport, framework },
    { ...at, kind: 'listen', transport: undefined, framework },
  ];
}

/** The package class that an own class extends, however far up. */
export function baseOf(
  cls: Extract<Value, { kind: 'class' | 'instance' }>,
  values: Values,
  depth = 0,
): Value | undefined {
  const fact = values.program.facts(cls.path)?.classes[cls.cls];
  if (!fact?.extends || depth > 8) return undefined;
  const [base] = values.of(fact.extends, cls.path, 0);
  return base?.kind === 'class' ? baseOf(base, values, depth + 1) : base;
}

/** fastmcp listens by itself: `start({ transportType: 'httpStream' })`; without a type it serves stdio. */
function fastMcpStart(call: CallExpr, at: At, values: Values): ServerStart[] {
  const [options] = call.args;
  const stdio: ServerStart = { ...at, kind: 'transport', transport: 'stdio', framework: 'fastmcp' };
  if (!options) return [stdio];
  const types = values.of(options, at.path, at.fn).flatMap((value) => {
    if (value.kind !== 'object' || value.expr.kind !== 'object') return ['unknown'];
    const property = value.expr.properties.find(({ key }) => key === 'transportType');
    if (!property) return ['stdio'];
    const { strings, isComplete } = values.strings(property.value, value.path, value.fn);
    return isComplete ? strings : [...strings, 'unknown'];
  });
  return [...new Set(types)].flatMap((type) => {
    if (type === 'stdio') return [stdio];
    return type === 'unknown' ? [] : withListener(at, 'streamable-http', 'fastmcp');
  });
}

function listenStart(call: CallExpr, at: At, program: Program, values: Values, plain: Values): ServerStart[] {
  const { callee } = call;
  if (callee.kind === 'member' && callee.property === 'listen') {
    const framework = listeningFramework(callee.object, at, program, values);
    return framework ? [{ ...at, kind: 'listen', transport: undefined, framework }] : [];
  }
  const serves = plain.of(callee, at.path, at.fn).map((value) => {
    if (value.kind !== 'foreign') return undefined;
    if (value.module === '@hono/node-server' && value.member === 'serve') return 'hono';
    if (value.module === '' && value.member === 'Bun.serve') return 'bun';
    if (value.module === 'bun' && value.member === 'serve') return 'bun';
    return value.module === '' && value.member === 'Deno.serve' ? 'deno' : undefined;
  });
  const framework = serves.find((name) => name !== undefined);
  return framework ? [{ ...at, kind: 'listen', transport: undefined, framework }] : [];
}

/** The HTTP framework of the object that something is called on, by its value, else by its written type. */
export function listeningFramework(
  object: CallExpr['callee'],
  at: At,
  program: Program,
  values: Values,
): string | undefined {
  const receivers = values.of(object, at.path, at.fn);
  for (const value of receivers) {
    const base = value.kind === 'instance' ? baseOf(value, values) : value;
    if (base?.kind !== 'foreign') continue;
    const framework = frameworkOfModule(base.module, base.member);
    if (framework) return framework;
  }
  return receivers.every(({ kind }) => kind === 'unknown') ? frameworkByType(object, at, program) : undefined;
}

/** The HTTP framework that something of a package belongs to. */
export function frameworkOfModule(module: string, member: string): string | undefined {
  return listenFrameworks.get(module) ?? (member.startsWith('createMcpExpressApp()') ? 'express' : undefined);
}

/** A listener that came in as a parameter: its written type tells. */
function frameworkByType(object: CallExpr['callee'], at: At, program: Program): string | undefined {
  if (object.kind !== 'name') return undefined;
  const type = program.facts(at.path)?.bindings[object.binding]?.type ?? '';
  if (/\b(Express|Application)\b/.test(type)) return 'express';
  if (/\bFastifyInstance\b/.test(type)) return 'fastify';
  if (/\bKoa\b/.test(type)) return 'koa';
  return /\b(http\.Server|HttpServer|HTTPServer|Server)\b/.test(type) ? 'http' : undefined;
}
