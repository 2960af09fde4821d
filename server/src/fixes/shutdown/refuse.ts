import type { Fix } from '../../engine/types.ts';
import type { Project } from '../../project/project.ts';
import type { Route } from '../../project/serving.ts';
import type { AssessedPath } from '../../project/shutdown/assess.ts';
import type { FileEdits } from '../../text/edits.ts';
import { hasParsedBody } from '../handler/http/express.ts';
import { firstMcpRoute, type RouteStatement, routeStatement } from '../handler/http/routes.ts';
import { isExpress } from './express.ts';
import { flagSeenFrom } from './flag.ts';
import { functionCode, linesBefore } from './handlerCode.ts';
import { together } from './together.ts';

/** Answers new calls with 503 in front of the MCP route once the handler has set its flag. */
export function refuseCalls(project: Project, one: AssessedPath, ruleId: string): Fix[] {
  const { server } = one;
  const route = isExpress(server) && hasParsedBody(server) ? firstMcpRoute(project, server) : undefined;
  // The body parser may stand among a route's own middleware, behind what is put in front of it.
  if (!route || server.routes.some(({ handsTo, call }) => handsTo && call.args.length > 2)) return [];
  const edits = inFront(project, one, route, refusing);
  return edits ? [fixOf(ruleId, 'Answer new calls with 503 while the server stops', edits)] : [];
}

/** Answers 503 in front of the health routes once the handler has set its flag. */
export function failHealthChecks(
  project: Project,
  one: AssessedPath,
  routes: readonly Route[],
  ruleId: string,
): Fix[] {
  if (!isExpress(one.server)) return [];
  const edits = routes.map((route) => {
    const statement = routeStatement(project, route);
    return statement && inFront(project, one, statement, reporting);
  });
  const known = edits.flatMap((each) => each ?? []);
  if (known.length < routes.length || known.length === 0) return [];
  return [fixOf(ruleId, 'Answer 503 while the server stops', together(known))];
}

function fixOf(ruleId: string, title: string, edits: FileEdits): Fix {
  // Clients and load balancers see other answers than before.
  return { ruleId, title, isSafe: false, isPreferred: true, edits };
}

function inFront(
  project: Project,
  { path: { view }, server }: AssessedPath,
  { into, statement, app, written }: RouteStatement,
  template: (app: string, pattern: string, flag: string) => string,
): FileEdits | undefined {
  const { path } = into.file;
  const route = server.routes.find(
    ({ call, path: file }) => file === path && statement.start <= call.start && call.end <= statement.end,
  );
  const code = route && functionCode(project, route);
  const flag =
    code && flagSeenFrom(view, { path, facts: code.facts, fn: code.fn.id, start: statement.start });
  const edit = flag && linesBefore(code, statement, template(app, written, flag));
  return edit ? new Map([[path, [edit]]]) : undefined;
}

function refusing(app: string, pattern: string, flag: string): string {
  return `// While the server stops, new calls are told to come again; what calls in flight need passes.
${app}.use(${pattern}, (req, res, next) => {
  const messages = [req.body].flat();
  const call = messages.find((message) => message?.id !== undefined && message.method !== undefined);
  // A stream that is resumed fetches the answer of a call in flight.
  const isNew = req.method === 'GET' ? !req.headers['last-event-id'] : call !== undefined;
  if (!${flag} || !isNew) return next();
  const error = { code: -32000, message: 'The server is shutting down.' };
  res.set({ 'Retry-After': '1', Connection: 'close' });
  res.status(503).json({ jsonrpc: '2.0', error, id: call?.id ?? null });
});`;
}

function reporting(app: string, pattern: string, flag: string): string {
  return `// Load balancers stop sending new requests to a server that says 503.
${app}.use(${pattern}, (_req, res, next) => {
  if (${flag}) res.status(503).json({ status: 'stopping' });
  else next();
});`;
}
