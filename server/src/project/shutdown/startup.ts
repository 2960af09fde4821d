import type { Expr } from '../../languages/source/facts.ts';
import type { Execution } from '../execution.ts';
import type { CallExpr } from '../program.ts';
import type { Values } from '../values.ts';
import { areExclusive } from './order.ts';
import type { CallStep, TimerStep } from './steps.ts';
import { traceStart } from './trace.ts';

/** A call in its file. */
interface CallAt {
  readonly path: string;
  readonly call: CallExpr;
}

/** How a server starts: under which conditions it makes its transports, listens and registers its handlers. */
export class Startup {
  private steps: ReadonlyMap<Expr, readonly (CallStep | TimerStep)[]> | undefined;

  constructor(
    private readonly execution: Execution,
    private readonly values: Values,
  ) {}

  /** Whether two calls never both happen in one start: on different sides of a switch, in different commands. False where unknown. */
  areExclusive(a: CallAt, b: CallAt): boolean {
    const [one, other] = [this.commandAround(a), this.commandAround(b)];
    if (one && other && one !== other) return true;
    const [first, second] = [this.stepsOf(a.call), this.stepsOf(b.call)];
    if (first.length === 0 || second.length === 0) return false;
    return first.every((step) => second.every((beside) => areExclusive(step, beside)));
  }

  /** The action of a command line's command that a call stands in: `program.command('serve').action(async () => ...)`. */
  private commandAround({ path, call }: CallAt): Expr | undefined {
    for (const site of this.values.program.callsNamed('action')) {
      if (site.path !== path) continue;
      const action = site.call.args.find((arg) => arg.start <= call.start && call.end <= arg.end);
      if (action) return action;
    }
    return undefined;
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
