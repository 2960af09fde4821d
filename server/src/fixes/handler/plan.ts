import type { Expr, SourceFacts, Statement } from '../../languages/source/facts.ts';
import { walkStatements } from '../../languages/source/walk.ts';
import type { Project, ProjectFile } from '../../project/project.ts';
import { type McpServer, mainStart } from '../../project/server.ts';
import type { Route, ServerInstance } from '../../project/serving.ts';
import type { ServerStart } from '../../project/transports.ts';
import { holderOf, statementAround, statementThatIs } from '../source/statements.ts';
import type { RuntimeNeeds } from './runtime.ts';

/** A file of the server with its facts. */
export interface PlannedFile {
  readonly file: ProjectFile;
  readonly facts: SourceFacts;
}

/** A route's statement, the expression that it is registered with, and its path. */
export interface PlannedRoute extends PlannedFile {
  readonly before: Statement;
  readonly app: string;
  readonly pattern: string;
}

/** Where an MCP server object has been made and no tool is registered yet, with the expression for its low-level server. */
export interface PlannedInstance extends PlannedFile {
  readonly place: { readonly after: Statement } | { readonly before: Statement };
  readonly object: string;
}

/** A step of the clean-up. */
export interface PlannedResource {
  readonly what: string;
  /** `pool.end()` */
  readonly release: string;
  /** The exported name and its file, where it lives in another one. */
  readonly imported: { readonly name: string; readonly path: string } | undefined;
}

/** A place where the server begins to serve: behind it the signals are registered. */
export interface ServingPlace extends PlannedFile {
  readonly start: Statement;
  /** The HTTP listener, `undefined` for stdio; without `object` the start is a bare statement and gets a variable. */
  readonly listener: { readonly object: string | undefined } | undefined;
  /** The call that makes the stdio transport. */
  readonly stdio: Extract<Expr, { kind: 'call' }> | undefined;
  /** Resources that can be named there, in the order they were opened. */
  readonly resources: readonly PlannedResource[];
}

/** Where the parts of a handler go in a server. */
export interface HandlerPlan {
  readonly needs: RuntimeNeeds;
  /** One for each transport that a switch may choose; the first stands for the server. */
  readonly serving: readonly [ServingPlace, ...ServingPlace[]];
  readonly instances: readonly PlannedInstance[];
  /** Health and readiness routes that are statements of their own. */
  readonly health: readonly PlannedRoute[];
  /** The first route that calls may come in by. */
  readonly guarded: PlannedRoute | undefined;
}

/** The plan for a server; `undefined` where a part of it is not of a shape that is known to work. */
export function planHandler(project: Project, server: McpServer): HandlerPlan | undefined {
  // A handler for SIGINT would end the process while the new one drains.
  if (server.listeners.length > 0) return undefined;
  const places = servingPlaces(project, server);
  const instances = instancesOf(project, server);
  const guarded = server.isNetwork ? guardOf(project, server) : undefined;
  if (!places || !instances || (server.isNetwork && !guarded)) return undefined;
  const needs = needsOf(project, server, places);
  if (!needs) return undefined;
  const health = healthRoutes(server).flatMap((route) => routeStatement(project, route) ?? []);
  return { needs, serving: places, instances, guarded, health };
}

function servingPlaces(project: Project, server: McpServer): HandlerPlan['serving'] | undefined {
  const listens = server.starts.filter(({ kind }) => kind === 'listen');
  const stdio = server.starts.filter(({ transport }) => transport === 'stdio');
  // Two ports, or two places that speak stdio: which one is meant is the author's to say.
  if (listens.length > 1 || stdio.length > 1) return undefined;
  const places = [...listens, ...stdio].map((start) => servingPlace(project, server, start));
  const [first, ...others] = places;
  return first && others.every((place) => place !== undefined) ? [first, ...others] : undefined;
}

function servingPlace(project: Project, server: McpServer, start: ServerStart): ServingPlace | undefined {
  const planned = plannedFile(project, start.path);
  if (!planned) return undefined;
  const resources = resourcesOf(project, server, planned);
  if (start.kind === 'transport') {
    const statement = connectStatement(start, planned);
    return statement && { ...planned, start: statement, listener: undefined, stdio: start.call, resources };
  }
  const statement = statementAround(planned.facts, start.fn, start.call);
  const object = statement && holderOf(statement, start.call, planned.facts, planned.file.text);
  // A bare `app.listen(...)` can be given a variable; one inside another expression cannot.
  if (!statement || (!object && !isBare(statement, start.call))) return undefined;
  return { ...planned, start: statement, listener: { object }, stdio: undefined, resources };
}

function plannedFile(project: Project, path: string): PlannedFile | undefined {
  const file = project.files.get(path);
  if (file?.facts.language !== 'source' || file.facts.source.hasSyntaxErrors) return undefined;
  return { file, facts: file.facts.source };
}

function needsOf(
  project: Project,
  server: McpServer,
  places: HandlerPlan['serving'],
): RuntimeNeeds | undefined {
  const { transports, isNetwork, execution } = server;
  const isKnown = !transports.has('sse') && (!isNetwork || mainStart(server)?.framework === 'express');
  const files = [...execution.live.keys()].flatMap((path) => plannedFile(project, path)?.facts ?? []);
  const sdk = sdkOf(files);
  const apis = new Set(server.instances.map(({ api }) => api));
  if (!isKnown || sdk === undefined || apis.size !== 1) return undefined;
  // The handlers of SDK 0.x get no signal.
  if (/^[^\d]*0\./.test(server.sdk?.version ?? '')) return undefined;
  return {
    sdk,
    serverType: apis.has('McpServer') ? "McpServer['server']" : 'Server',
    isStdio: transports.has('stdio'),
    http: isNetwork ? 'express' : undefined,
    hasSteps: isNetwork || places.some(({ resources }) => resources.length > 0),
    hasHealthRoute: healthRoutes(server).length > 0,
    // Docker, the shortest common grace period, kills after 10 s.
    drainTimeoutMs: 5_000,
  };
}

function sdkOf(files: readonly SourceFacts[]): 1 | 2 | undefined {
  const specifiers = files.flatMap(({ imports }) => imports.map(({ specifier }) => specifier));
  const isFirst = specifiers.some((name) => name.startsWith('@modelcontextprotocol/sdk/'));
  const isSecond = specifiers.some((name) =>
    /^@modelcontextprotocol\/(server|node|express|hono)$/.test(name),
  );
  if (isFirst === isSecond) return undefined;
  return isFirst ? 1 : 2;
}

/** The `server.connect(transport)` that a stdio transport is made for. */
function connectStatement(start: ServerStart, { facts }: PlannedFile): Statement | undefined {
  const connects: Statement[] = [];
  for (const call of callsIn(facts, start.fn)) {
    if (call.callee.kind !== 'member' || call.callee.property !== 'connect') continue;
    const statement = statementAround(facts, start.fn, call);
    if (statement) connects.push(statement);
  }
  return connects.length === 1 ? connects[0] : undefined;
}

function callsIn(facts: SourceFacts, fn: number): Extract<Expr, { kind: 'call' }>[] {
  const calls: Extract<Expr, { kind: 'call' }>[] = [];
  walkStatements(facts.functions[fn]?.statements ?? [], (expr) => {
    if (expr.kind === 'call') calls.push(expr);
  });
  return calls;
}

function instancesOf(project: Project, server: McpServer): HandlerPlan['instances'] | undefined {
  const found = server.instances.map((instance) => {
    const planned = plannedFile(project, instance.path);
    return planned && (instanceInStatement(instance, planned) ?? instanceInClass(instance, planned));
  });
  const known = found.flatMap((instance) => instance ?? []);
  return known.length > 0 && known.length === found.length ? known : undefined;
}

function instanceInStatement(
  { fn, call, api }: ServerInstance,
  planned: PlannedFile,
): PlannedInstance | undefined {
  const statement = statementAround(planned.facts, fn, call);
  const object = statement && holderOf(statement, call, planned.facts, planned.file.text);
  if (!statement || !object) return undefined;
  return { ...planned, place: { after: statement }, object: lowLevel(object, api) };
}

/** `private server = new Server(...)`: tracked at the top of the constructor, before anything registers tools. */
function instanceInClass({ call, api }: ServerInstance, planned: PlannedFile): PlannedInstance | undefined {
  for (const { initializers, members, extends: base } of planned.facts.classes) {
    const property = initializers.find(({ value, isStatic }) => value === call && !isStatic);
    const own = members.find(({ name }) => name === 'constructor');
    const [first] = (own && planned.facts.functions[own.fn]?.statements) ?? [];
    if (!property || !first || base) continue;
    return { ...planned, place: { before: first }, object: lowLevel(`this.${property.name}`, api) };
  }
  return undefined;
}

function lowLevel(object: string, api: ServerInstance['api']): string {
  return api === 'McpServer' ? `${object}.server` : object;
}

function guardOf(project: Project, server: McpServer): PlannedRoute | undefined {
  const routes = server.routes.filter((route) => takesCalls(project, route));
  const [first] = routes.sort((a, b) => a.call.start - b.call.start);
  // Routes on several paths or in several files need a guard each.
  const isOne = routes.every(({ path, pattern }) => path === first?.path && pattern === first.pattern);
  return first && isOne ? routeStatement(project, first) : undefined;
}

function routeStatement(project: Project, { path, fn, call, pattern }: Route): PlannedRoute | undefined {
  const planned = plannedFile(project, path);
  const before = planned && statementThatIs(planned.facts, fn, call);
  if (!before || pattern === undefined || call.callee.kind !== 'member') return undefined;
  const { object } = call.callee;
  return { ...planned, before, app: planned.file.text.slice(object.start, object.end), pattern };
}

/** `GET /health`, `/healthz`, `/ready`, `/livez` and the like. */
function healthRoutes({ routes, isNetwork }: McpServer): Route[] {
  if (!isNetwork) return [];
  const pattern = /^\/(api\/)?(_?health|ready|readiness|live|liveness|status)(z|\/.*)?$/i;
  return routes.filter((route) => route.method === 'get' && pattern.test(route.pattern ?? ''));
}

/** Module-level variables of the main file, and exported ones of others. */
function resourcesOf(project: Project, { held }: McpServer, main: PlannedFile): PlannedResource[] {
  return held.flatMap(({ path, fn, call, what, release }): PlannedResource[] => {
    const planned = plannedFile(project, path);
    const statement = planned && fn === 0 ? statementAround(planned.facts, fn, call) : undefined;
    const name = planned && statement && holderOf(statement, call, planned.facts, planned.file.text);
    if (!planned || !name || !release || !/^\w+$/.test(name)) return [];
    const isOwn = path === main.file.path;
    const isExported = planned.facts.exports.some((fact) => fact.kind === 'value' && fact.name === name);
    // Another thing of that name in the main file would be released in its place.
    const isTaken = main.facts.bindings.some((binding) => binding.name === name && binding.kind !== 'import');
    if (!isOwn && (!isExported || isTaken)) return [];
    const imported =
      isOwn || main.facts.bindings.some((binding) => binding.name === name) ? undefined : { name, path };
    return [{ what, release: release.replace('x', () => name), imported }];
  });
}

/** Whether a route's handler hands requests to a transport. */
function takesCalls(project: Project, { method, handlers }: Route): boolean {
  if (method === 'route') return false;
  return handlers.some(({ path, fn }) => {
    const planned = plannedFile(project, path);
    return (
      planned !== undefined &&
      callsIn(planned.facts, fn).some(
        ({ callee }) => callee.kind === 'member' && callee.property === 'handleRequest',
      )
    );
  });
}

function isBare(statement: Statement, call: Expr): boolean {
  return statement.kind === 'expression' && statement.expr === call;
}
