import type { Expr } from '../../languages/source/facts.ts';
import type { Execution } from '../execution.ts';
import type { CallExpr } from '../program.ts';
import type { Values } from '../values.ts';
import { areExclusive } from './order.ts';
import type { CallStep, TimerStep } from './steps.ts';
import { traceStart } from './trace.ts';

/** How a server starts: under which conditions it makes its transports, listens and registers its handlers. */
export class Startup {
  private steps: ReadonlyMap<Expr, readonly (CallStep | TimerStep)[]> | undefined;

  constructor(
    private readonly execution: Execution,
    private readonly values: Values,
  ) {}

  /** Whether two calls never both happen in one start: they are on different sides of a switch. False where unknown. */
  areExclusive(a: CallExpr, b: CallExpr): boolean {
    const [first, second] = [this.stepsOf(a), this.stepsOf(b)];
    if (first.length === 0 || second.length === 0) return false;
    return first.every((one) => second.every((other) => areExclusive(one, other)));
  }

  /** Whether the server is seen to come to a call when it starts. */
  includes(call: CallExpr): boolean {
    return this.stepsOf(call).length > 0;
  }

  private stepsOf(call: CallExpr): readonly (CallStep | TimerStep)[] {
    this.steps ??= this.follow();
    return this.steps.get(call) ?? [];
  }

  private follow(): ReadonlyMap<Expr, readonly (CallStep | TimerStep)[]> {
    const found = new Map<Expr, (CallStep | TimerStep)[]>();
    for (const step of traceStart(this.execution.live.keys(), this.values).steps) {
      if (step.kind !== 'call' && step.kind !== 'timer') continue;
      const known = found.get(step.spot.expr);
      if (known) known.push(step);
      else found.set(step.spot.expr, [step]);
    }
    return found;
  }
}
