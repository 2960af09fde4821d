export const units = ['ms', 's'] as const;
export type Unit = (typeof units)[number];

/** A log line as JSON, or `undefined` where there is no JSON object in it. */
export type LogRecord = Readonly<Record<string, unknown>>;

/**
 * Reads one line. What a container's log puts before a record (`web-1  | {...}`) is passed over, and the file
 * that Docker keeps (`{"log":"{...}\n","stream":"stdout"}`) is unwrapped.
 */
export function readRecord(line: string): LogRecord | undefined {
  const brace = line.indexOf('{');
  if (brace < 0) return undefined;
  const record = parseObject(line.slice(brace));
  const inner = typeof record?.log === 'string' ? record.log : '';
  return (inner.startsWith('{') ? parseObject(inner) : undefined) ?? record;
}

function parseObject(text: string): LogRecord | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as LogRecord) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The value of a field. Dots lead into objects (`call.latency`); a key that holds the dots itself counts first.
 * `undefined` where there is none.
 */
export function fieldOf(value: unknown, path: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Object.hasOwn(value, path)) return (value as LogRecord)[path];
  for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
    const head = path.slice(0, dot);
    if (!Object.hasOwn(value, head)) continue;
    const found = fieldOf((value as LogRecord)[head], path.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

const perUnit: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000 };

/**
 * A duration in ms: a number in `unit`, or a text that may name its own ("1.5s", "200 ms").
 * `undefined` for everything else, negative numbers among it.
 */
export function durationIn(value: unknown, unit: Unit): number | undefined {
  const text = typeof value === 'string' ? /^\s*(\d[\d.e+]*)\s*(ns|us|µs|ms|s|m)?\s*$/.exec(value) : null;
  const number = text ? Number(text[1]) : value;
  if (typeof number !== 'number' || !Number.isFinite(number) || number < 0) return undefined;
  return number * (perUnit[text?.[2] ?? unit] ?? 1);
}

/** The unit that a field's name tells; ms where it tells none. */
export function unitOf(field: string): Unit {
  return /(^|[._-])(s|secs?|seconds)$|[a-z](Secs?|Seconds)$/.test(field) ? 's' : 'ms';
}

const toolFields = ['tool', 'tool_name', 'toolName'];

/** The tool that a record is about, looked for beside the duration and then at the top. */
export function toolOf(record: LogRecord, durationField: string): string | undefined {
  const beside = durationField.slice(0, durationField.lastIndexOf('.') + 1);
  const paths = [...(beside === '' ? [] : toolFields.map((name) => beside + name)), ...toolFields];
  for (const path of paths) {
    const value = fieldOf(record, path);
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

/** Fields that look as if they held a duration, by their dotted names. */
export function likelyDurations(record: LogRecord, before = '', depth = 0): string[] {
  return Object.entries(record).flatMap(([key, value]) => {
    const path = before + key;
    if (typeof value === 'object' && value !== null) {
      return depth < 3 ? likelyDurations(value as LogRecord, `${path}.`, depth + 1) : [];
    }
    const isNamedSo = /duration|elapsed|latency|took|(response|execution|run)_?time|[a-z_]ms$/i.test(key);
    return isNamedSo && durationIn(value, 'ms') !== undefined ? [path] : [];
  });
}
