/** How a set of durations is spread, in ms. Percentiles are at most 1 % above the true ones, never below. */
export interface Distribution {
  readonly count: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

/** Shorter durations, in ms, count as this one: nobody sets a timeout by nanoseconds. */
const shortest = 0.001;

/**
 * Counts durations in ms by their first three digits, rounded up: few thousand numbers, however many are added.
 */
export class Histogram {
  /** By exponent and digits: 1230 ms is 123 x 10^1, with the key 1123. */
  private readonly counts = new Map<number, number>();
  private total = 0;
  private longest = 0;

  /** @param duration finite, not negative */
  add(duration: number): void {
    const key = keyOf(Math.max(duration, shortest));
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
    this.total += 1;
    this.longest = Math.max(this.longest, duration);
  }

  get count(): number {
    return this.total;
  }

  distribution(): Distribution {
    const [p50, p90, p99] = [this.percentile(0.5), this.percentile(0.9), this.percentile(0.99)];
    return { count: this.total, p50, p90, p99, max: this.longest };
  }

  /** The shortest duration that at least this share of all durations does not exceed; 0 when there are none. */
  percentile(share: number): number {
    // The product may come out a hair above a whole number.
    const rank = Math.ceil(share * this.total - 1e-9);
    let below = 0;
    for (const [duration, count] of this.inOrder()) {
      below += count;
      if (below >= rank) return Math.min(duration, this.longest);
    }
    return 0;
  }

  /** How many durations are longer, by their first three digits. */
  countAbove(limit: number): number {
    return this.inOrder().reduce((sum, [duration, count]) => (duration > limit ? sum + count : sum), 0);
  }

  /** Durations with how often they occurred, shortest first. */
  inOrder(): [duration: number, count: number][] {
    return [...this.counts]
      .sort(([one], [other]) => one - other)
      .map(([key, count]) => [durationOf(key), count]);
  }
}

const digitsPerExponent = 1000;

function keyOf(duration: number): number {
  const exponent = Math.floor(Math.log10(duration)) - 2;
  const digits = Math.ceil(scaled(duration, -exponent) - 1e-9);
  // Rounding 999.5 up leaves the decade, as does a logarithm that came out a hair too small.
  return digits >= 1000 ? (exponent + 1) * digitsPerExponent + 100 : exponent * digitsPerExponent + digits;
}

function durationOf(key: number): number {
  const exponent = Math.floor(key / digitsPerExponent);
  return scaled(key - exponent * digitsPerExponent, exponent);
}

/** Negative powers of ten are not exact, divisors are. */
function scaled(value: number, exponent: number): number {
  return exponent < 0 ? value / 10 ** -exponent : value * 10 ** exponent;
}
