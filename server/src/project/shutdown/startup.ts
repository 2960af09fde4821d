import type { Execution } from '../execution.ts';
import type { CallExpr } from '../program.ts';
import type { Values } from '../values.ts';
import { areExclusive } from './order.ts';
import type { CallStep } from './steps.ts';
import { traceStart } from './trace.ts';

/** How a server starts: under which conditions it makes its transports, listens and registers its handlers. */
export class Startup {
  private steps: ReadonlyMap<CallExpr, readonly CallStep[]> | undefined;

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

  private stepsOf(call: CallExpr): readonly CallStep[] {
    this.steps ??= this.follow();
    return this.steps.get(call) ?? [];
  }

  private follow(): ReadonlyMap<CallExpr, readonly CallStep[]> {
    const found = new Map<CallExpr, CallStep[]>();
    for (const step of traceStart(this.execution.live.keys(), this.values).steps) {
      if (step.kind !== 'call') continue;
      const known = found.get(step.call);
      if (known) known.push(step);
      else found.set(step.call, [step]);
    }
    return found;
  }
}
