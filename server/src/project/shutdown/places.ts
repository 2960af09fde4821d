import { calleeRange } from '../../languages/source/walk.ts';
import type { Range } from '../../text/range.ts';
import type { Route } from '../serving.ts';
import type { AssessedPath } from './assess.ts';
import type { Spot } from './steps.ts';

/** A place that a finding points to. */
interface Place {
  readonly path: string;
  readonly range: Range;
  readonly message: string;
}

/** What an expression takes up in its file. */
export function rangeOf({ expr: { start, end } }: Spot): Range {
  return { start, end };
}

/** Up to the end of what is called: `server.close` of `server.close(() => ...)`, so that a callback is not underlined. */
export function headOf({ expr }: Spot): Range {
  return { start: expr.start, end: expr.kind === 'call' ? expr.callee.end : expr.end };
}

/** The comparison or the registration that makes a route. */
export function rangeOfRoute({ branch, call }: Route): Range {
  return branch ? { start: branch.site.start, end: branch.site.end } : calleeRange(call);
}

/** Where the handler of a path is registered. */
export function registration({ path: { listener } }: AssessedPath): Place {
  return { path: listener.path, range: listener.range, message: 'This runs on SIGTERM.' };
}

/** A step of a path as evidence. */
export function place(spot: Spot, message: string): Place {
  return { path: spot.path, range: headOf(spot), message };
}
