import type { Project } from '../../../project/project.ts';
import type { Route } from '../../../project/serving.ts';
import type { Insertion } from '../../source/insertion.ts';
import { plannedFile } from '../../source/plannedFile.ts';
import { statementThatIs } from '../../source/statements.ts';
import { returnedListener } from '../places/serving.ts';
import { guardAtCalls } from './atCalls.ts';
import type { HttpFramework } from './framework.ts';
import type { GuardUse } from './guard.ts';

/** Koa 2 and 3: the guard where the transport gets the request, a middleware before the health route. */
export const koa: HttpFramework = {
  name: 'koa',
  listen: (start, into) => returnedListener(start, into),
  guard: guardAtCalls,
  health(project, all, use) {
    const routes = all.filter(({ branch }) => !branch?.isNegated);
    // A router has looked at the path already, and knows of its prefix.
    const isRouted = routes.every(({ branch }) => !branch);
    const patterns = new Set(isRouted ? [] : routes.flatMap(({ pattern }) => pattern ?? []));
    return {
      insertions: healthMiddleware(project, routes),
      functions: [reportStopping([...patterns], use)],
      imports: ['Context', 'Next'].map((name) => ({ name, from: 'koa', isType: true })),
    };
  },
};

/** A middleware in front of what answers for the server's health; one for each middleware or route that does. */
function healthMiddleware(project: Project, routes: readonly Route[]): Insertion[] {
  const byCall = new Map(routes.map((route) => [route.call, route]));
  return [...byCall.values()].flatMap(({ path, fn, call, branch, pattern }): Insertion[] => {
    const at = branch?.registeredIn ?? { path, fn };
    const into = plannedFile(project, at.path);
    const before = into && statementThatIs(into.facts, at.fn, call);
    if (!into || !before || call.callee.kind !== 'member') return [];
    const { object } = call.callee;
    const app = into.file.text.slice(object.start, object.end);
    const code = branch ? `${app}.use(reportStopping);` : `${app}.get('${pattern}', reportStopping);`;
    return [{ into, at: { before }, code }];
  });
}

/** @param patterns the paths that ask for the server's health, where it has to look at the path itself */
function reportStopping(patterns: readonly string[], { runs }: GuardUse): string {
  const [first] = patterns;
  const list = patterns.map((pattern) => `'${pattern}'`).join(', ');
  const isOther = patterns.length === 1 ? `ctx.path !== '${first}'` : `![${list}].includes(ctx.path)`;
  const passes = patterns.length === 0 ? runs : `${runs} || ${isOther}`;
  return `/** Load balancers stop sending new requests here. */
async function reportStopping(ctx‹: Context›, next‹: Next›)‹: Promise<void>› {
  if (${passes}) return next();
  ctx.status = 503;
  ctx.body = { status: 'stopping' };
}`;
}
