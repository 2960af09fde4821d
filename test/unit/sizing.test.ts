import { describe, expect, test } from 'vitest';
import { Histogram } from '../../server/src/sizing/histogram.ts';
import { durationIn, fieldOf, readRecord, unitOf } from '../../server/src/sizing/record.ts';
import { Sizing, type SizingOptions } from '../../server/src/sizing/sizing.ts';
import { durationText, sizingText } from '../../server/src/sizing/text.ts';
import { Random } from '../support/random.ts';

const byDuration: SizingOptions = { field: 'duration_ms', unit: 'ms' };

async function* parts(bytes: Uint8Array, size: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function sized(log: string | Uint8Array, options: Partial<SizingOptions> = {}, size = 1 << 16) {
  const sizing = new Sizing({ ...byDuration, ...options });
  await sizing.read(parts(typeof log === 'string' ? Buffer.from(log) : log, size));
  return sizing.result();
}

function log(durations: readonly number[], more: object = {}): string {
  return durations.map((duration_ms) => `${JSON.stringify({ ...more, duration_ms })}\n`).join('');
}

const upTo = (end: number) => Array.from({ length: end }, (_, index) => index + 1);

describe('percentiles', () => {
  test('are the values of that rank, of whole numbers up to 999 exactly', async () => {
    const { calls } = await sized(log(upTo(200).reverse()));
    expect(calls).toEqual({ count: 200, p50: 100, p90: 180, p99: 198, max: 200 });
  });

  test('of anything else are never below the true ones and at most 1 % above', () => {
    const random = new Random(7);
    for (let round = 0; round < 40; round += 1) {
      const histogram = new Histogram();
      const values = Array.from({ length: 1 + random.below(500) }, () => 10 ** (random.fraction() * 12 - 3));
      for (const value of values) histogram.add(value);
      values.sort((one, other) => one - other);
      for (const share of [0.01, 0.5, 0.9, 0.99, 1]) {
        const exact = values[Math.ceil(share * values.length - 1e-9) - 1] as number;
        const told = histogram.percentile(share);
        expect(told).toBeGreaterThanOrEqual(exact * (1 - 1e-12));
        expect(told).toBeLessThanOrEqual(exact * 1.01 * (1 + 1e-9));
      }
    }
  });

  test('need no more room for a million different durations than for ten thousand', () => {
    const histogram = new Histogram();
    for (let index = 0; index < 1_000_000; index += 1) histogram.add(1 + index * 1.37);
    expect(histogram.count).toBe(1_000_000);
    expect(histogram.inOrder().length).toBeLessThan(7_000);
  });
});

describe('the suggestion', () => {
  test('is P99 + 5 s, and 5 s more for the grace period, in whole seconds', async () => {
    const { suggestion } = await sized(log([...Array<number>(99).fill(40), 2340]));
    expect(suggestion).toEqual({ drainTimeoutMs: 5_040, gracePeriodSeconds: 11, longerCalls: 0 });
  });

  test('counts the calls that would be cut off all the same', async () => {
    const { suggestion } = await sized(log([...Array<number>(998).fill(100), 60_000, 90_000]));
    expect(suggestion).toMatchObject({ drainTimeoutMs: 5_100, longerCalls: 2 });
  });

  test('is never longer than a timer takes', async () => {
    const { suggestion } = await sized(log([1e12]));
    expect(suggestion?.drainTimeoutMs).toBe(2_147_483_647);
  });

  test('is not made of nothing', async () => {
    expect((await sized('')).suggestion).toBeUndefined();
    expect(sizingText(await sized('\n\n'))).toBe('The log is empty.\n');
  });
});

describe('a log', () => {
  test('may come in parts that end anywhere, also inside a character', async () => {
    const text = log([10, 20], { tool: 'größe 😀' });
    for (const size of [1, 2, 3, 7]) {
      const { tools, lines } = await sized(text, {}, size);
      expect(tools).toMatchObject([{ name: 'größe 😀', count: 2, max: 20 }]);
      expect(lines).toEqual({ total: 2, notJson: 0, passedOver: 0, invalid: 0 });
    }
  });

  test('may have Windows line endings and no ending at its end', async () => {
    expect((await sized('{"duration_ms":1}\r\n\r\n{"duration_ms":2}')).calls.count).toBe(2);
  });

  test('may be UTF-16, as PowerShell writes it', async () => {
    const bytes = Buffer.from(`\uFEFF${log([5, 6, 7])}`, 'utf16le');
    expect((await sized(bytes, {}, 5)).calls).toMatchObject({ count: 3, max: 7 });
  });

  test('may hold other lines, which are counted', async () => {
    const text = `ready\n{"msg":"hello"}\n{"duration_ms":"soon"}\n{"duration_ms":-1}\n{"duration_ms":3}\n[1]\n{oh`;
    const { lines, calls } = await sized(text);
    expect(calls.count).toBe(1);
    expect(lines).toEqual({ total: 7, notJson: 3, passedOver: 1, invalid: 2 });
  });

  test('a line of many megabytes is left out, and the next one counts again', async () => {
    const long = `{"duration_ms":1,"body":"${'x'.repeat(3_000_000)}"}`;
    const { lines, calls } = await sized(`${long}\n{"duration_ms":2}\n`);
    expect(calls).toMatchObject({ count: 1, max: 2 });
    expect(lines.notJson).toBe(1);
  });

  test('of thousands of tools names the first two hundred', async () => {
    const text = upTo(1_000).map((index) => log([index], { tool: `tool-${index}` }));
    const { tools } = await sized(text.join(''));
    expect(tools).toHaveLength(201);
    expect(tools.find(({ name }) => name === '(other tools)')?.count).toBe(800);
  });

  test('can be read in part', async () => {
    const text = log([1, 2], { event: 'tool' }) + log([900], { event: 'http' });
    const { calls } = await sized(text, { where: { field: 'event', value: 'tool' } });
    expect(calls).toMatchObject({ count: 2, max: 2 });
  });

  test('that has the durations elsewhere tells where they may be', async () => {
    const text = '{"level":30,"time":1700000000000,"req":{"responseTime":12},"elapsed_ms":3,"took":"fast"}\n';
    const result = await sized(text);
    expect(result.otherFields).toEqual(['req.responseTime', 'elapsed_ms']);
    expect(sizingText(result)).toContain('req.responseTime, elapsed_ms');
  });

  test('reading ends where it is given up', async () => {
    const stop = new AbortController();
    const reading = new Sizing(byDuration).read(
      parts(Buffer.from(log(upTo(50))), 10),
      () => stop.abort(new Error('enough')),
      stop.signal,
    );
    await expect(reading).rejects.toThrow('enough');
  });
});

describe('a record', () => {
  test.each([
    ['{"a":1}', { a: 1 }],
    ['web-1  | {"a":1}', { a: 1 }],
    ['{"log":"{\\"a\\":1}\\n","stream":"stdout"}', { a: 1 }],
    ['{"log":"plain","a":1}', { log: 'plain', a: 1 }],
    ['plain', undefined],
    ['"{"', undefined],
    ['null', undefined],
  ])('%s', (line, record) => {
    expect(readRecord(line)).toEqual(record);
  });

  test.each([
    ['call.latency', { call: { latency: 5 } }, 5],
    ['call.latency', { 'call.latency': 6, call: { latency: 5 } }, 6],
    ['mcp.call.latency', { 'mcp.call': { latency: 7 } }, 7],
    ['calls.0', { calls: [8] }, 8],
    ['toString', {}, undefined],
    ['__proto__', {}, undefined],
    ['a.b', { a: null }, undefined],
  ])('field %s of %j', (path, record, value) => {
    expect(fieldOf(record, path)).toBe(value);
  });

  test.each([
    [12, 'ms', 12],
    [1.5, 's', 1_500],
    ['12.5', 'ms', 12.5],
    ['1.5s', 'ms', 1_500],
    ['250 ms', 's', 250],
    ['3m', 'ms', 180_000],
    ['800µs', 'ms', 0.8],
    [-1, 'ms', undefined],
    ['1970-01-01', 'ms', undefined],
    ['', 'ms', undefined],
    [true, 'ms', undefined],
    [null, 'ms', undefined],
  ] as const)('duration %j in %s', (value, unit, ms) => {
    expect(durationIn(value, unit)).toBe(ms);
  });

  test.each([
    ['duration_ms', 'ms'],
    ['latency', 'ms'],
    ['status', 'ms'],
    ['duration_s', 's'],
    ['call.seconds', 's'],
    ['durationSeconds', 's'],
  ])('the unit of %s is %s', (field, unit) => {
    expect(unitOf(field)).toBe(unit);
  });

  test('names its tool beside the duration or at the top', async () => {
    const text = '{"tool":"outer","call":{"tool_name":"inner","ms":1}}\n{"tool":"outer","call":{"ms":2}}\n';
    const { tools } = await sized(text, { field: 'call.ms' });
    expect(tools.map(({ name }) => name)).toEqual(['outer', 'inner']);
  });
});

test.each([
  [0, '0 ms'],
  [0.0123, '0.012 ms'],
  [999, '999 ms'],
  [1_060, '1.06 s'],
  [72_000, '72 s'],
  [3_600_000, '60 min'],
])('%d ms is read as %s', (ms, text) => {
  expect(durationText(ms)).toBe(text);
});
