import type { Expr } from '../../../languages/source/facts.ts';
import type { Project } from '../../../project/project.ts';
import type { McpServer } from '../../../project/server.ts';
import type { Handover, Route } from '../../../project/serving.ts';
import type { ImportLine } from '../../source/imports.ts';
import type { Insertion, Place } from '../../source/insertion.ts';
import { type PlannedFile, plannedFile } from '../../source/plannedFile.ts';
import { statementAround } from '../../source/statements.ts';
import { indentationAt } from '../../textStyle.ts';
import { statementWithRoom } from '../places/blocks.ts';
import type { Wiring } from './framework.ts';
import { admitting, type GuardShape, type GuardUse } from './guard.ts';
import { isWithoutBodyIn } from './methods.ts';
import { hasStreams, hasSubscriptions } from './routes.ts';

/**
 * A guard before every `transport.handleRequest(req, res[, body])`, for servers without middleware that knows the body;
 * `undefined` where one of them has no place.
 */
export function guardAtCalls(project: Project, server: McpServer, use: GuardUse): Wiring | undefined {
  const { routes } = server;
  const calls = new Map<Expr, Handover>();
  for (const { handovers } of routes) for (const handover of handovers) calls.set(handover.call, handover);
  const guards = [...calls.values()].map((handover) => guardBefore(project, handover, routes));
  const known = guards.flatMap((guard) => guard ?? []);
  if (guards.length === 0 || guards.some((guard) => !guard)) return undefined;
  const admit = admitting(shape, use, hasStreams(server), hasSubscriptions(server));
  const reads = known.some(({ code }) => code.includes('unreadBody('));
  return {
    insertions: known,
    functions: reads ? [admit, unreadBody(use)] : [admit],
    hasStreams: hasStreams(server),
    imports: reads ? [bodyReader, ...nodeTypes] : nodeTypes,
  };
}

function guardBefore(
  project: Project,
  handover: Handover,
  routes: readonly Route[],
): Insertion[] | undefined {
  const { path, fn, call, transport } = handover;
  const into = plannedFile(project, path);
  const at = into && placeBefore(into, fn, call);
  const [req, res, body, ...more] = call.args;
  if (transport !== 'streamable-http' || !at || !req || !res || more.length > 0) return undefined;
  const textOf = ({ start, end }: Expr) => into.file.text.slice(start, end);
  const guard = (third: string): Insertion => ({
    into,
    at,
    code: `if (!admit(${textOf(req)}, ${textOf(res)}${third})) return;`,
  });
  if (body && (body.kind === 'name' || body.kind === 'member')) return [guard(`, ${textOf(body)}`)];
  if (!body && (isWithoutBody(call, routes) || isWithoutBodyIn(into.facts, fn, call))) return [guard('')];
  if (!into.facts.functions[fn]?.isAsync) return undefined;
  const name = freeName(into, fn, ['body', 'message', 'received']);
  if (!name) return undefined;
  const value = body ? textOf(body) : `await unreadBody(${textOf(req)})`;
  const both = { ...guard(`, ${name}`), code: `const ${name} = ${value};\n${guard(`, ${name}`).code}` };
  const passed: Insertion = body
    ? { into, at: { replace: body }, code: name }
    : { into, at: { offset: res.end }, code: `, ${name}` };
  return [both, passed];
}

/** Only GET and DELETE come to this call. */
function isWithoutBody(call: Expr, routes: readonly Route[]): boolean {
  return routes
    .filter(({ handovers }) => handovers.some((handover) => handover.call === call))
    .every(({ method }) => method === 'get' || method === 'delete');
}

/** Before the statement that holds a call; one without braces gets them. */
function placeBefore(into: PlannedFile, fn: number, call: Expr): Place | undefined {
  const before = statementWithRoom(into, fn, call);
  if (before) return { before };
  const bare = statementAround(into.facts, fn, call);
  const isInLine = bare && indentationAt(into.file.text, bare.start) === undefined;
  return isInLine && /\)\s*$/.test(into.file.text.slice(0, bare.start)) ? { bracing: bare } : undefined;
}

/** A name that means nothing yet in a function, nor in the module. */
function freeName({ facts }: PlannedFile, fn: number, names: readonly string[]): string | undefined {
  const seen = facts.bindings.filter(({ owner }) => owner === fn || owner === 0);
  return names.find((name) => seen.every((binding) => binding.name !== name));
}

/** How the guard is written where it stands before the calls that hand requests over. */
export const shape: GuardShape = {
  head: 'function admit(req‹: IncomingMessage›, res‹: ServerResponse›, body‹?: unknown›)‹: boolean› {',
  body: 'body',
  isAny: false,
  method: 'req.method',
  lastEventId: "req.headers['last-event-id']",
  refuse: [
    "const headers = { 'Content-Type': 'application/json', 'Retry-After': '1', Connection: 'close' };",
    "res.writeHead(503, headers).end(JSON.stringify({ jsonrpc: '2.0', error, id }));",
    'return false;',
  ],
  response: 'res',
  pass: ['return true;'],
};

/** What the guard's parameters are. */
export const nodeTypes: readonly ImportLine[] = ['IncomingMessage', 'ServerResponse'].map((name) => ({
  name,
  from: 'node:http',
  isType: true,
}));

/** What `unreadBody` names. */
export const bodyReader: ImportLine = { name: 'jsonFrom', exported: 'json', from: 'node:stream/consumers' };

/** The template of `unreadBody`. */
export function unreadBody({ runs }: GuardUse): string {
  return `/** The body of a request, read here only while draining, for \`admit\`; otherwise the transport reads it. */
async function unreadBody(req‹: IncomingMessage›)‹: Promise<unknown>› {
  if (${runs} || req.method !== 'POST') return undefined;
  // The transport refuses what is no JSON, or was cut off.
  return jsonFrom(req).catch(() => 'no JSON');
}`;
}
