import { writtenName } from '../../languages/source/names.ts';
import type { HeldResource } from '../resources/held.ts';
import { isReleasedBy, mayBeReleasedBy, type Release, releasesOf } from '../resources/releases.ts';
import { isSaidToClose, noShutdownOptions, type ShutdownOptions } from '../shutdownOptions.ts';
import { frameworkOfModule } from '../transports.ts';
import type { Value } from '../value.ts';
import type { Values } from '../values.ts';
import type { CallStep } from './steps.ts';
import { isWithoutSessions } from './withoutSessions.ts';

/** What a call does to a server that is being stopped. */
export type Effect =
  /** Closes an MCP server, transport or handler: calls in flight are aborted and their answers dropped. */
  | { readonly kind: 'closes-mcp'; readonly what: string }
  /** Stops listening. `waits`: it is over when the open requests are; only where its promise or callback is waited for. */
  | { readonly kind: 'closes-listener'; readonly settles: 'promise' | 'callback' }
  /** Ends connections that are open. */
  | { readonly kind: 'ends-connections' }
  /** Releases something that the process holds. */
  | { readonly kind: 'releases'; readonly release: Release }
  /** By its name it closes or stops something that is not known. */
  | { readonly kind: 'closes-unknown' }
  | { readonly kind: 'other' };

const closing =
  /^(close|closeAll\w*|stop|end|shutdown|disconnect|destroy|quit|dispose|terminate|flush|kill|drain|asyncDispose)$/i;

/** The effect of a call that leaves the project. */
export function effectOf(
  { call, callees, spot }: CallStep,
  values: Values,
  options: ShutdownOptions = noShutdownOptions,
): Effect {
  for (const callee of callees) {
    const effect = callee.kind === 'foreign' ? foreignEffect(callee, values) : undefined;
    if (effect) return effect;
  }
  const [first] = call.args;
  const argument = () => (first ? values.of(first, spot.path, spot.fn) : []);
  const [release] = releasesOf(callees, argument, values);
  if (release) return { kind: 'releases', release };
  if (isSaidToClose(call, options)) return { kind: 'closes-unknown' };
  const { callee } = call;
  const name = writtenName(callee);
  if (/^close(All|Idle)Connections$/.test(name)) return { kind: 'ends-connections' };
  if (callees.every(({ kind }) => kind === 'unknown')) {
    const guessed = byName(callee, name);
    if (guessed) return guessed;
  }
  if (!closing.test(name) || callees.some(isPlatform)) return { kind: 'other' };
  return { kind: 'closes-unknown' };
}

/** What came in from elsewhere under a name that leaves no doubt: `httpServer.close()`, `transport.close()`. */
function byName(callee: CallStep['call']['callee'], method: string): Effect | undefined {
  if (callee.kind !== 'member' || method !== 'close') return undefined;
  const { object } = callee;
  const name = writtenName(object);
  if (/^(http|https|express|fastify|web)_?(server|listener)$|^listener$/i.test(name))
    return { kind: 'closes-listener', settles: 'callback' };
  return /^(mcp|http|sse|stdio|session)?_?transport$/i.test(name)
    ? { kind: 'closes-mcp', what: 'the transport' }
    : undefined;
}

/** `response.end()` and the like of the platform are known: they are not clean-up. */
function isPlatform(value: Value): boolean {
  return (
    value.kind === 'foreign' &&
    value.module === '' &&
    /^(process|console|Map|Set|Array|JSON|Object|String)\b/.test(value.member)
  );
}

function foreignEffect(
  { module, member }: Extract<Value, { kind: 'foreign' }>,
  values: Values,
): Effect | undefined {
  const closed = mcpClosed(module, member);
  if (closed && module === 'fastmcp' && isWithoutSessions(values))
    return { kind: 'closes-listener', settles: 'promise' };
  if (closed) return { kind: 'closes-mcp', what: closed };
  const isListener =
    frameworkOfModule(module, member) !== undefined && /\(\)(\.\w+)*\.(close|stop|shutdown)$/.test(member);
  if (isListener && !/\.get\(|request/.test(member)) {
    const isPromise = module === 'fastify' || module.startsWith('@nestjs/') || module === 'elysia';
    return {
      kind: 'closes-listener',
      settles: isPromise && !member.includes('.server.') ? 'promise' : 'callback',
    };
  }
  if (/\.close(All|Idle)Connections$/.test(member)) return { kind: 'ends-connections' };
  return undefined;
}

/** What of MCP a call closes, in a reader's words. */
function mcpClosed(module: string, member: string): string | undefined {
  if (module === 'fastmcp') return /^FastMCP\(\)\.stop$/.test(member) ? 'the FastMCP server' : undefined;
  if (module === 'mcp-proxy') return /\(\)\.close$/.test(member) ? 'the MCP server' : undefined;
  if (!/^@modelcontextprotocol\/|^@hono\/mcp$/.test(module) || !/\.close$/.test(member)) return undefined;
  if (/ClientTransport\(\)\.close$|Client\(\)\.close$/.test(member)) return undefined;
  if (/Transport\(\)\.close$/.test(member)) return 'the transport';
  return /(McpServer|Server|serveStdio|createMcpHandler)\(\)(\.server)?\.close$/.test(member)
    ? 'the MCP server'
    : undefined;
}

/** Whether a call releases a resource; `maybe` where it could not be followed and has the right name. */
export function releasedIn(
  step: CallStep,
  resource: HeldResource,
  values: Values,
  options: ShutdownOptions,
): 'yes' | 'maybe' | 'no' {
  const effect = effectOf(step, values, options);
  if (effect.kind !== 'releases' && isSaidToClose(step.call, options)) return 'maybe';
  if (effect.kind === 'releases') return isReleasedBy(resource, effect.release) ? 'yes' : 'no';
  const isUnknown = step.callees.some(({ kind }) => kind === 'unknown');
  return isUnknown && mayBeReleasedBy(resource, step.call) ? 'maybe' : 'no';
}
