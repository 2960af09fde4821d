import type { Distribution } from './histogram.ts';
import type { SizingResult } from './sizing.ts';
import { bufferMs, fewCalls } from './suggestion.ts';

const maxToolsShown = 15;
const maxNameLength = 40;
const maxBars = 12;
const barWidth = 40;

/** What a log says and what follows from it, as plain text for a person. */
export function sizingText(result: SizingResult): string {
  const { suggestion } = result;
  const parts = suggestion
    ? [header(result), callTable(result), chart(result), suggestionText(result)]
    : [`${noCalls(result)}\n`];
  return [...parts, notes(result)].filter((part) => part !== '').join('\n');
}

/** What a person should know before trusting the numbers: one sentence each. */
export function warningsOf({ calls, suggestion }: SizingResult): string[] {
  if (!suggestion) return [];
  const { longerCalls, drainTimeoutMs } = suggestion;
  const few = `Only ${counted(calls.count, 'call')}: the 99th percentile of fewer than ${fewCalls} is little more than the slowest one. Size again with a longer log.`;
  const long = `${counted(longerCalls, 'call')} took longer than ${durationText(drainTimeoutMs)} and would be cut off. Give such tools a timeout of their own that answers isError: true, or let them be cancelled.`;
  return [...(calls.count < fewCalls ? [few] : []), ...(longerCalls > 0 ? [long] : [])];
}

/** Why nothing is suggested, and what may help. */
export function noCalls({ options, lines, otherFields }: SizingResult): string {
  if (lines.total === 0) return 'The log is empty.';
  if (lines.notJson === lines.total) return 'No line of the log is JSON: only structured logs can be read.';
  const where = options.where ? ` with ${options.where.field}=${options.where.value}` : '';
  const others = otherFields.length > 0 ? ` Fields that look like one: ${otherFields.join(', ')}.` : '';
  return `No record${where} has a duration in "${options.field}".${others}`;
}

function header({ calls, options }: SizingResult): string {
  const unit = options.unit === 's' ? 'seconds' : 'milliseconds';
  return `${counted(calls.count, 'tool call')}, by the field "${options.field}" in ${unit}\n`;
}

function chart({ durations, calls }: SizingResult): string {
  const bars = barsOf(durations);
  const most = Math.max(...bars.map(({ count }) => count));
  const rows = bars.map(({ upTo, count }) => [`up to ${durationText(upTo)}`, count.toLocaleString('en')]);
  const lines = table(rows).map((row, index) => {
    const count = bars[index]?.count ?? 0;
    // A call that is there is seen, however rare.
    const length = count === 0 ? 0 : Math.max(1, Math.round((count / most) * barWidth));
    const share = `${((count / calls.count) * 100).toFixed(1)} %`;
    return `${row}  ${share.padStart(7)}  ${'█'.repeat(length)}`.trimEnd();
  });
  return `${lines.join('\n')}\n`;
}

/** Counts by ranges that grow as 1, 2, 5, 10 do, or tenfold where that would be too many. */
function barsOf(durations: SizingResult['durations']): { upTo: number; count: number }[] {
  const fine = countsBy(durations, [1, 2, 5]);
  return fine.length <= maxBars ? fine : countsBy(durations, [1]);
}

function countsBy(durations: SizingResult['durations'], steps: readonly number[]) {
  const bars: { upTo: number; count: number }[] = [];
  const edges = steps.flatMap((step) => Array.from({ length: 20 }, (_, power) => step * 10 ** power));
  edges.sort((one, other) => one - other);
  let at = 0;
  for (const upTo of edges) {
    let count = 0;
    for (; (durations[at]?.[0] ?? Number.POSITIVE_INFINITY) <= upTo; at += 1)
      count += durations[at]?.[1] ?? 0;
    if (count > 0 || bars.length > 0) bars.push({ upTo, count });
    if (at === durations.length) break;
  }
  return bars;
}

function callTable({ calls, tools }: SizingResult): string {
  const row = (name: string, { count, p50, p90, p99, max }: Distribution) => [
    name,
    count.toLocaleString('en'),
    ...[p50, p90, p99, max].map(durationText),
  ];
  const lines = table([
    ['', 'Calls', 'P50', 'P90', 'P99', 'Longest'],
    row('all', calls),
    ...tools.slice(0, maxToolsShown).map((tool) => row(onOneLine(tool.name), tool)),
  ]);
  const rest = tools.length - maxToolsShown;
  return [...lines, ...(rest > 0 ? [`and ${counted(rest, 'faster tool')}`] : []), ''].join('\n');
}

/** A name comes from a log: it may hold anything. */
function onOneLine(name: string): string {
  const clean = name.replace(/\s+/g, ' ');
  return clean.length > maxNameLength ? `${clean.slice(0, maxNameLength - 1)}…` : clean;
}

function suggestionText({ calls, suggestion }: SizingResult): string {
  const { drainTimeoutMs = 0, gracePeriodSeconds = 0 } = suggestion ?? {};
  const buffer = durationText(bufferMs);
  return [
    `Suggested: P99 ${durationText(calls.p99)} + ${buffer}`,
    `  DRAIN_TIMEOUT_MS=${drainTimeoutMs}`,
    `  with a grace period of ${gracePeriodSeconds} s (drain + ${buffer}, and the seconds of a preStop hook on top):`,
    `    Compose     stop_grace_period: ${gracePeriodSeconds}s`,
    `    Kubernetes  terminationGracePeriodSeconds: ${gracePeriodSeconds}`,
    '',
  ].join('\n');
}

function notes(result: SizingResult): string {
  const lines = [...warningsOf(result).map((warning) => `Warning: ${warning}`), ...leftOut(result)];
  return lines.map((line) => `${line}\n`).join('');
}

function leftOut({ lines, options }: SizingResult): string[] {
  const { field, where } = options;
  const wanted = [`"${field}"`, ...(where ? [`${where.field}=${where.value}`] : [])].join(' or ');
  const reasons: [number, string][] = [
    [lines.notJson, 'not JSON'],
    [lines.passedOver, `without ${wanted}`],
    [lines.invalid, `with no duration in "${field}"`],
  ];
  const told = reasons
    .filter(([count]) => count > 0)
    .map(([count, why]) => `${count.toLocaleString('en')} ${why}`);
  return told.length > 0 ? [`Left out of ${counted(lines.total, 'line')}: ${told.join(', ')}.`] : [];
}

/** Rows in columns: the first to the left, numbers to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
}

/** `120 ms`, `2.34 s`, `5 min`: three digits, rounded up as the durations are. */
export function durationText(ms: number): string {
  const [value, unit] = ms < 1000 ? [ms, 'ms'] : ms < 600_000 ? [ms / 1000, 's'] : [ms / 60_000, 'min'];
  return `${Number(value.toPrecision(3)).toLocaleString('en')} ${unit}`;
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
