import type { Fix } from '../../engine/types.ts';
import type { Expr, SourceFacts } from '../../languages/source/facts.ts';
import { walkExpression } from '../../languages/source/walk.ts';
import type { Project } from '../../project/project.ts';
import type { AssessedPath } from '../../project/shutdown/assess.ts';
import type { Drain } from '../../project/shutdown/view.ts';
import type { TextEdit } from '../../text/edits.ts';
import { firstMcpRoute } from '../handler/http/routes.ts';
import { isExpress } from './express.ts';
import { freeName, functionCode, type HandlerCode, linesBefore } from './handlerCode.ts';

/** Counts the requests that are not answered yet, and lets a wait for sessions wait for those. */
export function countCallsInstead(
  project: Project,
  { server, path: { listener } }: AssessedPath,
  { step, subject }: Drain,
  ruleId: string,
): Fix[] {
  const route = isExpress(server) ? firstMcpRoute(project, server) : undefined;
  const condition = step.condition[0] ?? step.spot;
  if (!route || subject.kind !== 'sessions' || condition.path !== route.into.file.path) return [];
  const fn = server.routes.find(({ call }) => isAround(route.statement, call))?.fn;
  const code = fn === undefined ? undefined : functionCode(project, { path: condition.path, fn });
  // The counter stands beside the route: the wait must see it, and no signal may come before it is there.
  const isSeen = code && isInside(code.facts, condition.fn, code.fn.id);
  if (!code || !isSeen || listener.path !== code.path || listener.call.start < route.statement.start)
    return [];
  const counted = sizeIn(condition.expr, subject.state.name, code);
  const counter = freeName(code.facts, ['callsInFlight', 'requestsInFlight', 'unansweredCalls']);
  const added = counter && linesBefore(code, route.statement, counting(route.app, route.written, counter));
  if (!counted || !added) return [];
  const edits: TextEdit[] = [added, { start: counted.start, end: counted.end, newText: counter }];
  return [
    {
      ruleId,
      title: 'Wait for the calls instead',
      isSafe: false,
      isPreferred: true,
      edits: new Map([[code.path, edits]]),
    },
  ];
}

function counting(app: string, pattern: string, counter: string): string {
  return `// A session stays while its client is connected; a call is over when its answer is sent.
let ${counter} = 0;
${app}.use(${pattern}, (req, res, next) => {
  if (req.method === 'POST') {
    ${counter} += 1;
    res.once('close', () => {
      ${counter} -= 1;
    });
  }
  next();
});`;
}

/** `transports.size`, `Object.keys(transports).length`: how many sessions there are. */
function sizeIn(condition: Expr, name: string, { text }: HandlerCode): Expr | undefined {
  let found: Expr | undefined;
  walkExpression(condition, (expr) => {
    if (expr.kind !== 'member' || !/^(size|length)$/.test(expr.property)) return;
    const object = text.slice(expr.object.start, expr.object.end);
    const [, inner = object] = /^Object\.(?:keys|values|entries)\((.+)\)$/.exec(object) ?? [];
    if (inner.replace(/^this\./, '') === name) found ??= expr;
  });
  return found;
}

function isAround(outer: { start: number; end: number }, inner: { start: number; end: number }): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function isInside(facts: SourceFacts, fn: number, outer: number): boolean {
  for (let at = facts.functions[fn]; at; at = facts.functions[at.parent]) if (at.id === outer) return true;
  return false;
}
