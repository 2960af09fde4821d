import type { Project } from '../../../project/project.ts';
import type { Route } from '../../../project/serving.ts';
import type { ServerStart } from '../../../project/transports.ts';
import type { Insertion } from '../../source/insertion.ts';
import { type PlannedFile, plannedFile } from '../../source/plannedFile.ts';
import { indentationAt } from '../../textStyle.ts';
import { statementWithRoom } from '../places/blocks.ts';
import { closing, returnedListener, type Serving } from '../places/serving.ts';
import { guardAtCalls } from './atCalls.ts';
import type { HttpFramework } from './framework.ts';
import type { GuardUse } from './guard.ts';
import { guardNodeHandlers } from './mcpHandler.ts';

/** node:http without a framework: the guard where the transport gets the request, 503 in the branch of the health route. */
export const nodeHttp: HttpFramework = {
  name: 'http',
  listen: listeningServer,
  guard(project, server, use) {
    return guardNodeHandlers(project, server, use) ?? guardAtCalls(project, server, use);
  },
  health(project, routes, use) {
    return {
      insertions: routes.flatMap((route) => healthBranch(project, route) ?? []),
      functions: [reportStopping(use)],
      imports: [{ name: 'ServerResponse', from: 'node:http', isType: true }],
    };
  },
};

/** `http.listen(port)`: the listener has a name already, unless it is made in the same expression. */
function listeningServer(start: ServerStart, into: PlannedFile): Serving | undefined {
  const { call, fn } = start;
  const object = call.callee.kind === 'member' ? call.callee.object : undefined;
  const statement = statementWithRoom(into, fn, call);
  if (object?.kind !== 'name' || into.facts.bindings[object.binding]?.kind !== 'const')
    return returnedListener(start, into);
  return statement && { statement, insertions: [], steps: [closing(object.name)] };
}

/** A line at the top of the branch that answers for the server's health. */
function healthBranch(project: Project, { path, fn, branch }: Route): Insertion | undefined {
  const into = plannedFile(project, path);
  const response = into && responseOf(into, fn);
  const [first] = branch?.statements ?? [];
  if (!into || !branch || branch.isNegated || !first || !response) return undefined;
  const { text } = into.file;
  const line = `if (reportStopping(${response})) return;`;
  const between = text.slice(branch.site.end, first.start);
  if (/[{:]\s*$/.test(between) && indentationAt(text, first.start) !== undefined)
    return { into, at: { before: first }, code: line };
  // A branch without braces gets a test of its own before it.
  const { of, site } = branch;
  if (of.kind !== 'if' || statementWithRoom(into, fn, site) !== of) return undefined;
  const test = text.slice(of.test.start, of.test.end);
  const isOne = of.test === site;
  return {
    into,
    at: { before: of },
    code: `if (${isOne ? test : `(${test})`} && reportStopping(${response})) return;`,
  };
}

/** The second parameter of a request listener. */
function responseOf({ facts }: PlannedFile, fn: number): string | undefined {
  const [, second] = facts.functions[fn]?.parameters ?? [];
  const [binding] = second?.parts[0]?.length === 0 ? second.bindings : [];
  return binding === undefined ? undefined : facts.bindings[binding]?.name;
}

function reportStopping({ runs }: GuardUse): string {
  return `/** Load balancers stop sending new requests here. */
function reportStopping(res‹: ServerResponse›)‹: boolean› {
  if (${runs}) return false;
  res.writeHead(503, { 'Content-Type': 'application/json' }).end('{"status":"stopping"}');
  return true;
}`;
}
