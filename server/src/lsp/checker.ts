/** How long the keyboard must rest before a check starts, in ms. */
export const restMs = 200;

/** What a {@link Checker} calls. */
export interface CheckerHooks<Outcome> {
  /** Does the work; may throw the signal's reason once it is aborted. */
  run(signal: AbortSignal): Promise<Outcome>;
  started(): void;
  /** Told the outcome in the same turn in which it became current: nothing changed meanwhile. */
  finished(outcome: Outcome): void;
  failed(error: unknown): void;
}

/**
 * Runs one check at a time, for the newest state only: a change aborts the check that it makes stale, and the
 * outcome of an aborted check is dropped, so that no older result ever comes after a newer one.
 */
export class Checker<Outcome> {
  private readonly hooks: CheckerHooks<Outcome>;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private current: { controller: AbortController; done: Promise<Outcome | undefined> } | undefined;
  /** Settles when the last started check, aborted ones included, is over. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(hooks: CheckerHooks<Outcome>) {
    this.hooks = hooks;
  }

  /** What was checked is no longer what is there: checks again in `delay` ms, unless more changes come. */
  changed(delay: number): void {
    this.stop();
    this.timer = setTimeout(() => void this.now(), delay);
  }

  /** Checks no more, until the next change. */
  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.current?.controller.abort();
    this.current = undefined;
  }

  /**
   * The outcome for the state as it is when this settles; a check that waits for the keyboard starts at once.
   * `undefined` when the check fails or `isCancelled` comes true.
   */
  async outcome(isCancelled: () => boolean = () => false): Promise<Outcome | undefined> {
    while (!isCancelled()) {
      const awaited = this.now();
      const outcome = await awaited.done;
      if (awaited === this.current) return outcome;
    }
    return undefined;
  }

  /** The check of the present state: the one that runs or ran, else a new one. */
  private now(): NonNullable<typeof this.current> {
    if (this.current) return this.current;
    this.stop();
    const controller = new AbortController();
    const done = this.last.then(() => this.check(controller.signal));
    this.last = done;
    this.current = { controller, done };
    return this.current;
  }

  private async check(signal: AbortSignal): Promise<Outcome | undefined> {
    if (signal.aborted) return undefined;
    try {
      this.hooks.started();
      const outcome = await this.hooks.run(signal);
      if (signal.aborted) return undefined;
      this.hooks.finished(outcome);
      return outcome;
    } catch (error) {
      if (!signal.aborted) this.hooks.failed(error);
      return undefined;
    }
  }
}
