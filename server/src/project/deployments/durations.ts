/** The longest time that anybody means, in ms: a day. */
const maxMs = 86_400_000;

const units: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};

/** A duration such as `1m30s` in ms; `undefined` where it has no unit or is none. */
export function parseDuration(text: string): number | undefined {
  const parts = [...text.trim().matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/gy)];
  const isWhole = parts.map(([part]) => part).join('') === text.trim() && parts.length > 0;
  if (!isWhole) return undefined;
  return bounded(parts.reduce((sum, [, number, unit]) => sum + Number(number) * units[unit ?? '']!, 0));
}

/** A number of seconds in ms; `undefined` for anything else. */
export function parseSeconds(text: string): number | undefined {
  return /^\s*\d+(\.\d+)?\s*$/.test(text) ? bounded(Number(text) * 1_000) : undefined;
}

function bounded(ms: number): number | undefined {
  return Number.isFinite(ms) && ms <= maxMs ? ms : undefined;
}

/** As a sentence says it: `30 s`, `2.5 s`, `300 ms`. */
export function inSeconds(ms: number): string {
  return ms > 0 && ms < 1_000 ? `${Math.round(ms)} ms` : `${Number((ms / 1_000).toFixed(1))} s`;
}
