import type { Expr, Statement } from '../../languages/source/facts.ts';
import type { CallExpr } from '../program.ts';
import type { FunctionRef } from '../value.ts';
import type { Handover } from './handovers.ts';

/** A place where the server tells requests apart; the same for every HTTP framework. One for each HTTP method. */
export interface Route {
  readonly path: string;
  readonly fn: number;
  /** The call that registers it: `app.post(...)`; for a branch that of the request listener (see `Branch.registeredIn`). */
  readonly call: CallExpr;
  /** `express`, `fastify`, `hono`, `koa`, `http` ... */
  readonly framework: string;
  /** `all`: any method; `use`: a middleware, which may pass requests on. */
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete' | 'head' | 'options' | 'all' | 'use';
  /** The path as written; `undefined` for a middleware without one, or where it could not be followed. */
  readonly pattern: string | undefined;
  /** The functions that requests are given to; none for a branch. */
  readonly handlers: readonly FunctionRef[];
  /** A comparison inside a request listener, in function `fn`. */
  readonly branch: Branch | undefined;
  /** Where its requests are given to a transport. */
  readonly handovers: readonly Handover[];
  /** The transport that its requests reach; `undefined` for none. */
  readonly handsTo: 'streamable-http' | 'sse' | undefined;
}

/** HTTP methods as requests name them. */
export const httpMethods: ReadonlyMap<string, Route['method']> = new Map(
  (['get', 'post', 'put', 'patch', 'delete', 'head', 'options'] as const).map((method) => [
    method.toUpperCase(),
    method,
  ]),
);

/** `if (req.url === '/health') { ... }` and the like. */
export interface Branch {
  /** The comparison with the request's path. */
  readonly site: Expr;
  /** The function whose body registers the request listener (`call`). */
  readonly registeredIn: FunctionRef;
  /** The statement that it decides. */
  readonly of: Statement;
  /** What requests run that match, as far as it is statements of their own. */
  readonly statements: readonly Statement[];
  /** Requests match that are not sent away: `if (req.url !== '/mcp') return ...`. */
  readonly isNegated: boolean;
}

/** Whether requests of a path ask for the server's health or readiness: `/health`, `/healthz`, `/livez` and the like. */
export function isHealthRoute({ method, pattern }: Pick<Route, 'method' | 'pattern'>): boolean {
  if (method !== 'get' && method !== 'all') return false;
  return /^\/(api\/)?(_?health|ready|readiness|live|liveness|status)(z|\/.*)?$/i.test(pattern ?? '');
}

/**
 * Whether requests pass `first` before they come to `second`; `undefined` where that cannot be told: they are
 * registered by different functions.
 */
export function isPassedBefore(first: Route, second: Route): boolean | undefined {
  if (first.path !== second.path || first.fn !== second.fn) return undefined;
  return startOf(first) < startOf(second);
}

function startOf({ branch, call }: Route): number {
  return branch ? branch.site.start : call.start;
}
