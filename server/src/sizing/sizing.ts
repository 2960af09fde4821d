import { type Distribution, Histogram } from './histogram.ts';
import { LineSplitter, tooLong } from './lines.ts';
import { durationIn, fieldOf, likelyDurations, readRecord, toolOf, type Unit } from './record.ts';
import { type Suggestion, suggestionFor } from './suggestion.ts';

export interface SizingOptions {
  /** The field that holds a call's duration; dots lead into objects. */
  readonly field: string;
  readonly unit: Unit;
  /** Only records whose field has this value, as text. */
  readonly where?: { readonly field: string; readonly value: string };
}

/** What became of the lines; empty ones are not counted. */
export interface LineCounts {
  readonly total: number;
  readonly notJson: number;
  /** Records without the field, or that `where` leaves out. */
  readonly passedOver: number;
  /** Records whose field holds no duration: a text, a negative number. */
  readonly invalid: number;
}

/** What a log says of how long tool calls take. */
export interface SizingResult {
  readonly options: SizingOptions;
  readonly calls: Distribution;
  /** Durations in ms, rounded up to three digits, with how often they occurred; shortest first. */
  readonly durations: readonly (readonly [duration: number, count: number])[];
  /** Where the log names tools; the slowest first. */
  readonly tools: readonly (Distribution & { readonly name: string })[];
  /** `undefined` when there is no call. */
  readonly suggestion: Suggestion | undefined;
  readonly lines: LineCounts;
  /** Fields that may hold the durations, where the asked for field is in no record. */
  readonly otherFields: readonly string[];
}

/** More tools than this are counted as one. */
const maxTools = 200;
const otherTools = '(other tools)';
/** Of how many records without the field the others are looked at. */
const maxLookedAt = 1_000;
const maxOtherFields = 20;

/** Takes the bytes of logs, one log after the other, and holds nothing but counts. */
export class Sizing {
  private readonly calls = new Histogram();
  private readonly tools = new Map<string, Histogram>();
  private readonly lines = { total: 0, notJson: 0, passedOver: 0, invalid: 0 };
  private readonly otherFields = new Set<string>();

  constructor(private readonly options: SizingOptions) {}

  /**
   * Reads a log to its end.
   * @param heard called after each part that was read
   * @throws what the stream throws, or the signal's reason when it is aborted
   */
  async read(
    log: AsyncIterable<Uint8Array>,
    heard: () => void = () => {},
    signal?: AbortSignal,
  ): Promise<void> {
    const splitter = new LineSplitter((line) => this.take(line));
    for await (const bytes of log) {
      signal?.throwIfAborted();
      splitter.push(bytes);
      heard();
    }
    splitter.end();
  }

  result(): SizingResult {
    const tools = [...this.tools].map(([name, calls]) => ({ name, ...calls.distribution() }));
    return {
      options: this.options,
      calls: this.calls.distribution(),
      durations: this.calls.inOrder(),
      tools: tools.sort((one, other) => other.p99 - one.p99 || other.max - one.max),
      suggestion: this.calls.count > 0 ? suggestionFor(this.calls) : undefined,
      lines: { ...this.lines },
      otherFields: this.calls.count > 0 ? [] : [...this.otherFields],
    };
  }

  private take(line: string | typeof tooLong): void {
    if (line !== tooLong && line.trim() === '') return;
    this.lines.total += 1;
    const record = line === tooLong ? undefined : readRecord(line);
    if (!record) {
      this.lines.notJson += 1;
      return;
    }
    const { field, unit, where } = this.options;
    const value = fieldOf(record, field);
    const isWanted = !where || String(fieldOf(record, where.field)) === where.value;
    if (value === undefined && isWanted) this.lookAround(record);
    if (value === undefined || !isWanted) {
      this.lines.passedOver += 1;
      return;
    }
    const duration = durationIn(value, unit);
    if (duration === undefined) {
      this.lines.invalid += 1;
      return;
    }
    this.calls.add(duration);
    const tool = toolOf(record, field);
    if (tool !== undefined) this.histogramOf(tool).add(duration);
  }

  private histogramOf(tool: string): Histogram {
    const name = this.tools.has(tool) || this.tools.size < maxTools ? tool : otherTools;
    const known = this.tools.get(name) ?? new Histogram();
    this.tools.set(name, known);
    return known;
  }

  private lookAround(record: Readonly<Record<string, unknown>>): void {
    if (this.calls.count > 0 || this.lines.passedOver > maxLookedAt) return;
    for (const name of likelyDurations(record)) {
      if (this.otherFields.size < maxOtherFields) this.otherFields.add(name);
    }
  }
}
