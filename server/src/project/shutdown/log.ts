import type { Expr } from '../../languages/source/facts.ts';
import type { Cx } from './context.ts';
import type { JoinStep, Line, Spot, Step } from './steps.ts';

/** A handler that does more than this is followed no further. */
const maxHandlerSteps = 800;

/** Work that was started and not awaited yet. */
export interface Pending {
  readonly steps: readonly Step[];
  readonly lines: readonly Line[];
}

type Omitted = 'spot' | 'via' | 'line' | 'index' | 'branches' | 'isOnError' | 'isRepeated' | 'guard';
type Given = { [K in Step['kind']]: Omit<Extract<Step, { kind: K }>, Omitted> }[Step['kind']];

/** The steps and lines of a trace as they are met. */
export class Log {
  readonly lines: Line[] = [];
  readonly steps: Step[] = [];
  /** Steps that were begun earlier and are waited for later, in the order in which that was met. */
  readonly joined: Step[] = [];
  /** What loops that never run go over. */
  readonly idleLoops: Spot[] = [];
  isComplete = true;
  private readonly pending = new Map<string, Pending>();

  constructor(private readonly maxSteps = maxHandlerSteps) {}

  get isFull(): boolean {
    return this.steps.length >= this.maxSteps;
  }

  line(starts: Line['starts'], parent: Line | undefined): Line {
    const line: Line = { id: this.lines.length, starts, parent, at: parent?.steps.length ?? 0, steps: [] };
    this.lines.push(line);
    return line;
  }

  /** Adds a step at the end of the context's line. */
  add<S extends Given>(given: S, expr: Expr, cx: Cx): Extract<Step, { kind: S['kind'] }> {
    const { line, via, branches, isOnError, isRepeated, guard } = cx;
    const spot = { path: cx.frame.path, fn: cx.frame.fn, expr };
    const step = {
      ...given,
      spot,
      via,
      line,
      index: line.steps.length,
      branches,
      isOnError,
      isRepeated,
      guard,
    };
    line.steps.push(step as unknown as Step);
    this.steps.push(step as unknown as Step);
    return step as unknown as Extract<Step, { kind: S['kind'] }>;
  }

  /** What a part of the walk starts on a line, or beside it. */
  pendingOf(line: Line, walk: () => void): Pending {
    const [steps, lines] = [this.steps.length, this.lines.length];
    walk();
    return {
      steps: this.steps.slice(steps).filter((step) => step.line === line),
      lines: this.lines
        .slice(lines)
        .filter(({ parent, starts }) => parent === line && starts.how === 'unawaited'),
    };
  }

  /** Notes under a name what a variable or field holds the promise, or the promises, of. */
  remember(key: string | undefined, { steps, lines }: Pending): void {
    if (key === undefined || steps.length + lines.length === 0) return;
    const known = this.pending.get(key);
    this.pending.set(key, {
      steps: [...(known?.steps ?? []), ...steps],
      lines: [...(known?.lines ?? []), ...lines],
    });
  }

  remembered(key: string | undefined): Pending | undefined {
    return key === undefined ? undefined : this.pending.get(key);
  }

  /** The context's line waits for what was started. */
  join({ steps, lines }: Pending, expr: Expr, cx: Cx): void {
    for (const step of steps) if (step.kind === 'call' || step.kind === 'wait') step.isAwaited = true;
    this.joined.push(...steps, ...lines.flatMap((line) => line.steps));
    for (const joined of lines)
      if (joined !== cx.line) this.add<Omit<JoinStep, Omitted>>({ kind: 'join', joined }, expr, cx);
  }
}
