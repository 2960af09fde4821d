export class Tracker {
  private static instance: Tracker | undefined;
  private count = 0;

  private constructor() {
    // Only the hosted server sets this; it does not speak stdio.
    if (process.env.HOSTED === 'true') setInterval(() => (this.count = 0), 60_000);
  }

  static get(): Tracker {
    if (!Tracker.instance) Tracker.instance = new Tracker();
    return Tracker.instance;
  }

  next(): number {
    this.count += 1;
    return this.count;
  }
}
