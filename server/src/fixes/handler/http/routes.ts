import type { Expr, Statement } from '../../../languages/source/facts.ts';
import type { Project } from '../../../project/project.ts';
import type { McpServer } from '../../../project/server.ts';
import type { Route } from '../../../project/serving.ts';
import type { Insertion } from '../../source/insertion.ts';
import { type PlannedFile, plannedFile } from '../../source/plannedFile.ts';
import { statementThatIs } from '../../source/statements.ts';

/** A route that is a statement of its own: `app.post('/mcp', ...)`. */
export interface RouteStatement {
  readonly into: PlannedFile;
  readonly statement: Statement;
  /** What it is registered with: `app`. */
  readonly app: string;
  /** The pattern as the author wrote it: a string or a constant. */
  readonly written: string;
}

/** The first route of each path that calls may come in by; `undefined` where one of them is no statement of its own. */
export function firstMcpRoutes(project: Project, { routes }: McpServer): RouteStatement[] | undefined {
  const taking = routes
    .filter(
      ({ method, pattern, handsTo }) =>
        handsTo === 'streamable-http' && (method !== 'use' || pattern !== undefined),
    )
    .sort((a, b) => a.call.start - b.call.start);
  const firsts = taking.filter(
    (route, index) => !taking.slice(0, index).some((before) => hasSamePath(project, before, route)),
  );
  const statements = firsts.map((route) => statementOfRoute(project, route));
  const known = statements.flatMap((statement) => statement ?? []);
  return known.length > 0 && known.length === statements.length ? known : undefined;
}

/** Two variables whose values are not known have the same one where they are written alike, in one function. */
function hasSamePath(project: Project, a: Route, b: Route): boolean {
  if (a.path !== b.path) return false;
  if (a.pattern !== undefined || b.pattern !== undefined) return a.pattern === b.pattern;
  const written = (route: Route) => statementOfRoute(project, route)?.written;
  return a.fn === b.fn && written(a) !== undefined && written(a) === written(b);
}

/** The line that puts a middleware of the handler before a route. */
export function useBefore({ into, statement, app, written }: RouteStatement, middleware: string): Insertion {
  return { into, at: { before: statement }, code: `${app}.use(${written}, ${middleware});` };
}

/** Those of some routes that are statements of their own. */
export function routeStatements(project: Project, routes: readonly Route[]): RouteStatement[] {
  return routes.flatMap((route) => routeStatement(project, route) ?? []);
}

/** A route as a statement; `undefined` where it is part of another expression, or its path is not known. */
export function routeStatement(project: Project, route: Route): RouteStatement | undefined {
  return route.pattern === undefined ? undefined : statementOfRoute(project, route);
}

/** The same, also of a path that only a variable tells. */
function statementOfRoute(project: Project, { path, fn, call, pattern }: Route): RouteStatement | undefined {
  const into = plannedFile(project, path);
  const statement = into && statementThatIs(into.facts, fn, call);
  if (!statement || call.callee.kind !== 'member') return undefined;
  const { object } = call.callee;
  const [first] = call.args;
  const textOf = ({ start, end }: Expr) => into.file.text.slice(start, end);
  const isWritten = first?.kind === 'literal' || first?.kind === 'name' || first?.kind === 'member';
  const known = pattern === undefined ? undefined : `'${pattern}'`;
  const written = isWritten && object.kind !== 'call' ? textOf(first) : known;
  return written === undefined ? undefined : { into, statement, app: textOf(object), written };
}

/** Whether a client may open a stream, by GET or by a subscription. */
export function hasStreams(server: McpServer): boolean {
  return hasSubscriptions(server) || opensByGet(server);
}

/** Whether clients may subscribe, by a POST whose answer stays open: to handlers of SDK 2's `createMcpHandler`. */
export function hasSubscriptions({ starts }: McpServer): boolean {
  return starts.some(({ call: { callee } }) => callee.kind === 'name' && callee.name === 'createMcpHandler');
}

function opensByGet({ routes }: McpServer): boolean {
  return routes.some(({ handsTo, method }) => handsTo && method !== 'post' && method !== 'delete');
}
