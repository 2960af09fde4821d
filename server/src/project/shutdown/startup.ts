import type { Expr } from '../../languages/source/facts.ts';
import { walkExpression } from '../../languages/source/walk.ts';
import type { Execution } from '../execution.ts';
import type { LeadingFunctions } from '../leading.ts';
import type { CallSite } from '../program.ts';
import { functionKey } from '../value.ts';
import type { Values } from '../values.ts';
import { areExclusive, isCertain } from './order.ts';
import type { CallStep, TimerStep } from './steps.ts';
import { traceStart } from './trace.ts';

type StartStep = CallStep | TimerStep;

/** How a server starts: under which conditions it makes its transports, listens and registers its handlers. */
export class Startup {
  /** By function: what a start that comes to it does, in this function or on the way there. */
  private readonly known = new Map<string, ReadonlyMap<Expr, readonly StartStep[]>>();

  constructor(
    private readonly execution: Execution,
    private readonly leading: LeadingFunctions,
    private readonly values: Values,
  ) {}

  /** Whether two calls never both happen in one start: on different sides of a switch, in different commands. False where unknown. */
  areExclusive(a: CallSite, b: CallSite): boolean {
    const [one, other] = [this.commandAround(a), this.commandAround(b)];
    if (one && other && one !== other) return true;
    const [first, second] = [this.stepsOf(a), this.stepsOf(b)];
    if (first.length === 0 || second.length === 0) return false;
    return first.every((step) => second.every((beside) => areExclusive(step, beside)));
  }

  /** The action of a command line's command that a call stands in: `program.command('serve').action(async () => ...)`. */
  private commandAround({ path, call }: CallSite): Expr | undefined {
    for (const site of this.values.program.callsNamed('action')) {
      if (site.path !== path) continue;
      const action = site.call.args.find((arg) => arg.start <= call.start && call.end <= arg.end);
      if (action) return action;
    }
    return undefined;
  }

  /** Whether the server is seen to come to a call when it starts. */
  includes(site: CallSite): boolean {
    return this.stepsOf(site).length > 0;
  }

  /** Whether every start comes to a call: no condition stands around it. */
  alwaysIncludes(site: CallSite): boolean {
    return this.stepsOf(site).some(isCertain);
  }

  /** Whether a start comes to a call without having been told to by the environment or the command line. */
  includesUntold(site: CallSite): boolean {
    return this.stepsOf(site).some(({ branches }) => !branches.some(({ test }) => test && isTold(test.expr)));
  }

  private stepsOf(site: CallSite): readonly StartStep[] {
    const key = functionKey(site);
    let steps = this.known.get(key);
    if (!steps) {
      steps = this.follow(site);
      this.known.set(key, steps);
    }
    return steps.get(site.call) ?? [];
  }

  /** Follows the start as far as it leads to the function of a call; a whole start does a thousand things more. */
  private follow(site: CallSite): ReadonlyMap<Expr, readonly StartStep[]> {
    const found = new Map<Expr, StartStep[]>();
    for (const step of traceStart(this.execution, this.leading.to(site), this.values).steps) {
      if (step.kind !== 'call' && step.kind !== 'timer') continue;
      const known = found.get(step.spot.expr);
      if (known) known.push(step);
      else found.set(step.spot.expr, [step]);
    }
    return found;
  }
}

/** `process.env.METRICS === 'true'`. */
function isTold(test: Expr): boolean {
  let found = false;
  walkExpression(test, (expr) => {
    const { object, property } = expr.kind === 'member' ? expr : {};
    found ||= object?.kind === 'name' && object.name === 'process' && /^(env|argv)$/.test(property ?? '');
  });
  return found;
}
